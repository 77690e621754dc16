using CognitiveTools.Conformance.Latents;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Latents;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Lab.Tests.Architectures;

/// <summary>The contract of latent models on an architecture that the tests of the engine have no model of.</summary>
public abstract class ArchitectureConformance(string name) : LatentModelConformance, IDisposable
{
    private const int ContextLength = 256;

    private readonly Llama.Tests.TemporaryFolder _folder = new();

    // Several sequences in one batch take other kernels than one alone, and the cache rounds to 16 bits.
    protected override float Tolerance => 0.03f;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override Task<LatentModelLease> OpenAsync() => OpenAsync(LlamaModel.Load(new() { Path = Toys.Write(name, _folder.Path) }));

    protected override Task<LatentModelLease> OpenBrokenAsync() => OpenAsync(Llama.Tests.TestModels.Load(1, new() { Gain = double.NaN }));

    protected override int[] Prompt(ILatentModel model, int length, int seed = 1) => Llama.Tests.TestModels.Prompt(length, seed);

    private static async Task<LatentModelLease> OpenAsync(LlamaModel loaded)
    {
        var engine = new LlamaEngine(loaded, new() { Threads = 1, ContextLength = ContextLength });
        var model = await LlamaLatentModel.CreateAsync(engine, TestContext.Current.CancellationToken);
        return new LatentModelLease(model, async () =>
        {
            model.Dispose();
            await engine.DisposeAsync();
            loaded.Dispose();
        });
    }
}

/// <summary>A hybrid with positions in several dimensions.</summary>
public sealed class Qwen35ConformanceTests() : ArchitectureConformance("qwen35");

/// <summary>A recurrent model without attention.</summary>
public sealed class Mamba2ConformanceTests() : ArchitectureConformance("mamba2");

/// <summary>A hybrid whose hidden states are read from the graph.</summary>
public sealed class Lfm2ConformanceTests() : ArchitectureConformance("lfm2");

/// <summary>A transformer with positions in several dimensions, and rows wider than its embeddings.</summary>
public sealed class Qwen3VlConformanceTests() : ArchitectureConformance("qwen3vl");
