using CognitiveTools.Onnx.Latents;
using CognitiveTools.Onnx.Models;
using Microsoft.ML.OnnxRuntime;

namespace CognitiveTools.Onnx.Tests.Engine;

/// <summary>
/// Who runs the graphs. With the package Microsoft.ML.OnnxRuntime.Gpu (<c>-p:OnnxRuntimePackage=Microsoft.ML.OnnxRuntime.Gpu</c>) these
/// tests meet a build that has CUDA on a machine that may have no device.
/// </summary>
public sealed class ProviderTests
{
    private static bool BuildHasCuda => OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider", StringComparer.Ordinal);

    [Fact]
    public void Auto_runs_somewhere_and_says_where_and_why_not_on_cuda()
    {
        using var model = OnnxLatentModel.Load(new() { Path = OnnxModels.Twin });
        if (model.Provider == "CPU")
            Assert.Equal(BuildHasCuda, model.ProviderNote is { Length: > 0 });
        else
            Assert.Equal(("CUDA device 0", null), (model.Provider, model.ProviderNote));
    }

    [Fact]
    public void The_cpu_is_taken_when_it_is_asked_for()
    {
        using var model = OnnxLatentModel.Load(new() { Path = OnnxModels.Twin, Provider = OnnxProvider.Cpu });
        Assert.Equal(("CPU", null), (model.Provider, model.ProviderNote));
    }

    [Fact]
    public void Cuda_that_is_asked_for_is_used_or_refused_with_the_remedy()
    {
        using var auto = OnnxLatentModel.Load(new() { Path = OnnxModels.Twin });
        var options = new OnnxModelOptions { Path = OnnxModels.Twin, Provider = OnnxProvider.Cuda };
        if (auto.Provider != "CPU")
        {
            using var model = OnnxLatentModel.Load(options);
            Assert.Equal(auto.Provider, model.Provider);
            return;
        }

        var error = Assert.Throws<NotSupportedException>(() => OnnxLatentModel.Load(options));
        Assert.Contains(BuildHasCuda ? "Check the driver" : "CognitiveToolsBackend=Cuda12", error.Message, StringComparison.Ordinal);
    }
}
