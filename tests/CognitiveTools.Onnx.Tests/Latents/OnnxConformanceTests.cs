using CognitiveTools.Conformance.Latents;
using CognitiveTools.Depth;

namespace CognitiveTools.Onnx.Tests.Latents;

public sealed class OnnxConformanceTests : LatentModelConformance
{
    protected override Task<LatentModelLease> OpenAsync() => OpenAsync(OnnxModels.Recurrent);

    protected override Task<LatentModelLease> OpenBrokenAsync() => OpenAsync(OnnxModels.CopyWithoutNumbers());

    private static Task<LatentModelLease> OpenAsync(string path)
    {
        var model = OnnxModels.Open(new FixedDepth(5), path);
        return Task.FromResult(new LatentModelLease(model, () =>
        {
            model.Dispose();
            return ValueTask.CompletedTask;
        }));
    }
}
