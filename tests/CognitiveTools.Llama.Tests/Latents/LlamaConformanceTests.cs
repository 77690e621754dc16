using CognitiveTools.Conformance.Latents;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Latents;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Llama.Tests.Latents;

public sealed class LlamaConformanceTests : LatentModelConformance
{
    private const int ContextLength = 256;

    // Several sequences in one batch take other kernels than one alone, and the cache rounds to 16 bits.
    protected override float Tolerance => 0.03f;

    protected override Task<LatentModelLease> OpenAsync() => OpenAsync(TestModels.Tiny);

    protected override Task<LatentModelLease> OpenBrokenAsync() => OpenAsync(TestModels.Load(1, new() { Gain = double.NaN }));

    private static async Task<LatentModelLease> OpenAsync(LlamaModel loaded)
    {
        var engine = new LlamaEngine(loaded, new() { Threads = 1, ContextLength = ContextLength });
        var model = await LlamaLatentModel.CreateAsync(engine, TestContext.Current.CancellationToken);
        return new LatentModelLease(model, async () =>
        {
            model.Dispose();
            await engine.DisposeAsync();
        });
    }

    protected override int[] Prompt(ILatentModel model, int length, int seed = 1) => TestModels.Prompt(length, seed);
}
