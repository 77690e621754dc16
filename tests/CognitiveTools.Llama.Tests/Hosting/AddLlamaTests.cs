using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Workers;
using CognitiveTools.TestModels;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Llama.Tests.Hosting;

public sealed class AddLlamaTests
{
    [Fact]
    public async Task The_registered_parts_share_one_engine()
    {
        using var folder = new TemporaryFolder();
        var path = TinyModel.Write(folder.File("tiny.gguf"), 1);
        var services = new ServiceCollection().AddLlama(o => o.Path = path, o => o.Threads = 1);
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredKeyedService<IChatClient>("verbal");
        Assert.Same(provider.GetRequiredService<LlamaEngine>(), client.GetService<LlamaEngine>());
        await using var sequence = provider.GetRequiredService<ILatentModel>().Begin();
        var prediction = await sequence.AppendAsync(TestModels.Prompt(4), TestContext.Current.CancellationToken);
        Assert.Equal(512, prediction.Logits.Length);
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        using var provider = new ServiceCollection().AddLlama(static _ => { }, static o => o.MaxSequences = 0).BuildServiceProvider();
        Assert.Contains("Path", Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<CognitiveTools.Llama.Models.LlamaModel>()).Message, StringComparison.Ordinal);
        Assert.Contains("MaxSequences", Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<LlamaEngineOptions>>().Value).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registered_worker_is_the_verbal_client_and_starts_no_process_before_it_is_asked()
    {
        await using var provider = new ServiceCollection().AddLlamaWorker(static o => o.Path = "some.gguf").BuildServiceProvider();
        var worker = provider.GetRequiredKeyedService<IChatClient>("verbal").GetService<LlamaWorker>();
        Assert.Same(provider.GetRequiredService<LlamaWorker>(), worker);
        Assert.Equal((0, null), (worker!.Starts, worker.ProcessId));
        Assert.Null(provider.GetService<LlamaEngine>());
        using var wrong = new ServiceCollection().AddLlamaWorker(static o => o.Path = "some.gguf", configureWorker: static o => o.Attempts = 0).BuildServiceProvider();
        Assert.Contains("Attempts", Assert.Throws<OptionsValidationException>(() => wrong.GetRequiredKeyedService<IChatClient>("verbal")).Message, StringComparison.Ordinal);
    }
}
