using CognitiveTools.Conformance.Latents;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Workers;

namespace CognitiveTools.Llama.Tests.Latents;

public sealed class LlamaWorkerConformanceTests : LatentModelConformance
{
    private const int ContextLength = 256;

    // As in this process: the worker adds no difference of its own.
    protected override float Tolerance => 0.03f;

    protected override async Task<LatentModelLease> OpenAsync()
    {
        var worker = new LlamaWorker(
            new() { Path = TestModels.Tiny.Path },
            new() { Threads = 1, ContextLength = ContextLength },
            new() { FileName = "dotnet", Arguments = [Path.Combine(AppContext.BaseDirectory, "CognitiveTools.Llama.TestHost.dll")] });
        return new LatentModelLease(await LlamaWorkerLatentModel.CreateAsync(worker, TestContext.Current.CancellationToken), worker.DisposeAsync);
    }

    protected override int[] Prompt(ILatentModel model, int length, int seed = 1) => TestModels.Prompt(length, seed);
}
