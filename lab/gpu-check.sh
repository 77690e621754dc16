#!/usr/bin/env bash
# On a host with an NVIDIA GPU: builds with CUDA, checks parity with the CPU, measures, and runs the default suite on both devices.
# Needs the .NET 10 SDK, the driver and the CUDA 12 runtime. Writes its report to the folder given (default: gpu-report).
set -euo pipefail
cd "$(dirname "$0")/.."
report=${1:-gpu-report}
backend=${COGTOOLS_GPU_BACKEND:-Cuda12}
mkdir -p "$report"
dotnet build lab/coglab -c Release -v quiet -clp:NoSummary "-p:CognitiveToolsBackend=$backend"
cogtools() { dotnet lab/coglab/bin/Release/net10.0/cogtools.dll "$@"; }
coglab() { dotnet lab/coglab/bin/Release/net10.0/coglab.dll "$@"; }

nvidia-smi | tee "$report/device.txt"
for device in cpu cuda; do
  cogtools doctor -m mini --backend "$device" | tee "$report/doctor-$device.txt"
  cogtools eval --backend "$device" --run "$report/run-$device" | tee "$report/eval-$device.txt"
  coglab bench -m mini --backend "$device" --no-peer | tee "$report/bench-$device.txt"
done
cogtools compare "$report/run-cpu" "$report/run-cuda" | tee "$report/compare.txt"
cogtools doctor -m recurrent --backend cuda | tee "$report/doctor-onnx.txt" || true
echo "The report is in $report."
