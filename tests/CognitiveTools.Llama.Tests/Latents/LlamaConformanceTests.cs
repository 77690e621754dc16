using CognitiveTools.Conformance.Latents;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Latents;

namespace CognitiveTools.Llama.Tests.Latents;

public sealed class LlamaConformanceTests : LatentModelConformance
{
    private const int ContextLength = 256;

    // Several sequences in one batch take other kernels than one alone, and the cache rounds to 16 bits.
    protected override float Tolerance => 0.03f;

    protected override async Task<LatentModelLease> OpenAsync()
    {
        var engine = TestModels.Engine(options => options.ContextLength = ContextLength);
        var model = await LlamaLatentModel.CreateAsync(engine, TestContext.Current.CancellationToken);
        return new LatentModelLease(model, async () =>
        {
            model.Dispose();
            await engine.DisposeAsync();
        });
    }

    protected override int[] Prompt(ILatentModel model, int length, int seed = 1) => TestModels.Prompt(length, seed);
}
