using CognitiveTools.Conformance.Latents;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Workers;

namespace CognitiveTools.Llama.Tests.Latents;

public sealed class LlamaWorkerConformanceTests : LatentModelConformance
{
    private const int ContextLength = 256;

    // As in this process: the worker adds no difference of its own.
    protected override float Tolerance => 0.03f;

    protected override Task<LatentModelLease> OpenAsync() => OpenAsync(TestModels.Tiny.Path);

    protected override async Task<LatentModelLease> OpenBrokenAsync()
    {
        using var broken = TestModels.Load(1, new() { Gain = double.NaN });
        return await OpenAsync(broken.Path);
    }

    private static async Task<LatentModelLease> OpenAsync(string path)
    {
        var worker = new LlamaWorker(
            new() { Path = path },
            new() { Threads = 1, ContextLength = ContextLength },
            new() { FileName = "dotnet", Arguments = [Path.Combine(AppContext.BaseDirectory, "CognitiveTools.Llama.TestHost.dll")] });
        return new LatentModelLease(
            await LlamaWorkerLatentModel.CreateAsync(worker, TestContext.Current.CancellationToken), worker.DisposeAsync);
    }

    protected override int[] Prompt(ILatentModel model, int length, int seed = 1) => TestModels.Prompt(length, seed);
}
