#!/usr/bin/env bash
# Both builds of llama.cpp on this machine, the one beside the program and npm's: the tests of conformance, allocation and killed
# processes, the soak, and the default suite; then the units of the suite whose verdict differs. Needs the .NET 10 SDK and, for
# npm's build, npm once. lab/natives-check.sh [MINUTES] [FOLDER]: minutes of soak on each build (10), folder of the report (natives-report).
set -euo pipefail
cd "$(dirname "$0")/.."
minutes=${1:-10}
report=${2:-natives-report}
mkdir -p "$report"
report=$(cd "$report" && pwd)
unset COGTOOLS_NATIVES
export XDG_CONFIG_HOME="$report/settings" # the user's own choice of a build does not count here

dotnet build lab/coglab -c Release -v quiet -clp:NoSummary
dotnet build lab/tests/Lab.Tests -c Release -v quiet -clp:NoSummary
for project in Llama Cli; do
  dotnet build "tests/CognitiveTools.$project.Tests" -c Release -v quiet -clp:NoSummary
done
cogtools() { dotnet lab/coglab/bin/Release/net10.0/cogtools.dll "$@"; }
coglab() { dotnet lab/coglab/bin/Release/net10.0/coglab.dll "$@"; }
labtests() { dotnet lab/tests/Lab.Tests/bin/Release/net10.0/Lab.Tests.dll -noColor -class "*$1"; }
tests() { # PROJECT CLASS...
  local project=$1 arguments=()
  shift
  for class in "$@"; do arguments+=(-class "*$class*"); done
  dotnet "tests/CognitiveTools.$project.Tests/bin/Release/net10.0/CognitiveTools.$project.Tests.dll" -noColor "${arguments[@]}"
}

failed=0
check() { # NAME COMMAND...: the command's output in a file, its end on the terminal
  local name=$1
  shift
  echo "== $name"
  "$@" >"$report/$name.txt" 2>&1 || { echo "FAILED (exit code $?)"; failed=$((failed + 1)); }
  tail -n 3 "$report/$name.txt"
}

npm=$(cogtools natives get npm)
for build in default npm; do
  if [ "$build" = npm ]; then export COGTOOLS_NATIVES=$npm; else unset COGTOOLS_NATIVES; fi
  check "doctor-$build" cogtools doctor -m mini
  check "engine-$build" tests Llama Conformance AllocationTests WorkerEndTests WorkerStartTests
  check "soaktests-$build" labtests EngineSoakTests
  check "kills-$build" tests Cli LlamaWorkerTests
  check "suite-$build" cogtools eval --deterministic --run "$report/run-$build"
  check "soak-$build" coglab bench soak -m mini --minutes "$minutes"
done

echo "== verdicts"
cogtools compare "$report/run-default" "$report/run-npm" >"$report/compare.txt"
verdicts() { sed -nE 's/^\{"v":[0-9]+,"problem":"([^"]*)","arm":"([^"]*)","sample":([0-9]+),.*"status":"([a-z_]+)".*/\1 \2 \3\t\4/p' "$1/units.jsonl"; }
awk -F '\t' '
  NR == FNR { before[$1] = $2; next }
  !($1 in before) { alone++; next }
  { units++; if (before[$1] != $2) { changed++; print $1 ": " before[$1] " -> " $2 } }
  END { printf "%d of %d units have another verdict on the two builds (%d were run on one alone)\n", changed, units, alone }
' <(verdicts "$report/run-default") <(verdicts "$report/run-npm") | tee "$report/verdicts.txt" | tail -n 12

echo "The report is in $report; $failed checks failed."
[ "$failed" -eq 0 ]
