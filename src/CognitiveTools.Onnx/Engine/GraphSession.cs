using CognitiveTools.Onnx.Models;
using Microsoft.ML.OnnxRuntime;

namespace CognitiveTools.Onnx.Engine;

/// <summary>
/// Session options of a model's graphs, and their execution provider. Owns the native options; disposed once the graphs
/// are made.
/// </summary>
internal sealed class GraphSession : IDisposable
{
    private const string Cuda = "CUDAExecutionProvider";

    private GraphSession(SessionOptions options, string provider, string? note) => (Options, Provider, Note) = (options, provider, note);

    internal SessionOptions Options { get; }

    /// <summary><c>CPU</c> or <c>CUDA device N</c>.</summary>
    internal string Provider { get; }

    /// <summary>Why the CPU runs the graphs although this build has CUDA; null if it does not.</summary>
    internal string? Note { get; }

    /// <exception cref="NotSupportedException">CUDA is requested, and this build or machine does not support it.</exception>
    internal static GraphSession Open(OnnxModelOptions options)
    {
        var hasCuda = OrtEnv.Instance().GetAvailableProviders().Contains(Cuda, StringComparer.Ordinal);
        if (options.Provider == OnnxProvider.Cpu || (options.Provider == OnnxProvider.Auto && !hasCuda))
            return new(New(options), "CPU", note: null);
        if (!hasCuda)
            throw new NotSupportedException(
                "This build of ONNX Runtime has no CUDA. "
                + "Build with -p:CognitiveToolsBackend=Cuda12, which takes Microsoft.ML.OnnxRuntime.Gpu, or use the backend Auto or Cpu.");

        var session = New(options);
        try
        {
            session.AppendExecutionProvider_CUDA(options.CudaDevice);
            return new(session, $"CUDA device {options.CudaDevice}", note: null);
        }
        catch (OnnxRuntimeException missing)
        {
            session.Dispose(); // options are unusable after a failed append of a provider
            if (options.Provider == OnnxProvider.Auto)
                return new(New(options), "CPU", missing.Message);
            throw new NotSupportedException(
                $"ONNX Runtime cannot use CUDA device {options.CudaDevice}: {missing.Message} "
                + "Check the driver, and that the CUDA 13 and cuDNN 9 libraries are installed, or use the backend Auto or Cpu.",
                missing);
        }
    }

    public void Dispose() => Options.Dispose();

    private static SessionOptions New(OnnxModelOptions options) => new()
    {
        IntraOpNumThreads = options.Threads,
        InterOpNumThreads = 1,
        ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
    };
}
