using CognitiveTools.Conformance.Latents;
using CognitiveTools.Onnx.Depth;

namespace CognitiveTools.Onnx.Tests.Latents;

public sealed class OnnxConformanceTests : LatentModelConformance
{
    protected override Task<LatentModelLease> OpenAsync()
    {
        var model = OnnxModels.Open(new FixedDepth(5));
        return Task.FromResult(new LatentModelLease(model, () =>
        {
            model.Dispose();
            return ValueTask.CompletedTask;
        }));
    }
}
