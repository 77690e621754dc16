using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Natives;
using CognitiveTools.Llama.Workers;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Reasoners;
using CognitiveTools.TestModels;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
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
        Assert.Contains(
            "Path",
            Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<CognitiveTools.Llama.Models.LlamaModel>()).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "MaxSequences",
            Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<LlamaEngineOptions>>().Value).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registered_worker_is_the_verbal_client_and_starts_no_process_before_it_is_asked()
    {
        await using var provider = new ServiceCollection().AddLlamaWorker(static o => o.Path = TestModels.Tiny.Path).BuildServiceProvider();
        var worker = provider.GetRequiredKeyedService<IChatClient>("verbal").GetService<LlamaWorker>();
        Assert.Same(provider.GetRequiredService<LlamaWorker>(), worker);
        Assert.Equal((0, null), (worker!.Starts, worker.ProcessId));
        Assert.Null(provider.GetService<LlamaEngine>());
        using var wrong = new ServiceCollection()
            .AddLlamaWorker(static o => o.Path = TestModels.Tiny.Path, configureWorker: static o => o.Attempts = 0)
            .BuildServiceProvider();
        Assert.Contains(
            "Attempts", Assert.Throws<OptionsValidationException>(() => wrong.GetRequiredKeyedService<IChatClient>("verbal")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_bound_from_the_section_and_changed_by_the_code()
    {
        var services = With(
            ("Llama:Path", TestModels.Tiny.Path), ("Llama:GpuLayers", "3"), ("Llama:MaxSequences", "5"), ("Llama:LaneTimeout", "00:00:07"),
            ("Llama:Variant", "cpu"))
            .AddLlama(configureEngine: static engine => engine.MaxSequences++)
            .AddLlama(static model => model.GpuLayers++);
        using var provider = services.BuildServiceProvider();
        var model = provider.GetRequiredService<IOptions<LlamaModelOptions>>().Value;
        var engine = provider.GetRequiredService<IOptions<LlamaEngineOptions>>().Value;
        Assert.Equal((TestModels.Tiny.Path, 4, NativeVariant.Cpu), (model.Path, model.GpuLayers, model.Variant));
        Assert.Equal((6, TimeSpan.FromSeconds(7)), (engine.MaxSequences, engine.LaneTimeout));
    }

    [Fact]
    public void Configuration_cannot_name_native_libraries()
    {
        using var provider = With(("Llama:Path", TestModels.Tiny.Path), ("Llama:NativesDirectory", "/somewhere"))
            .AddLlama()
            .BuildServiceProvider();
        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<LlamaModel>());
        Assert.Contains("Llama:NativesDirectory", error.Message, StringComparison.Ordinal);
        Assert.Contains("COGTOOLS_NATIVES", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_host_whose_model_is_missing_does_not_start(bool worker)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration["Llama:Path"] = "nope.gguf";
        _ = worker ? builder.Services.AddLlamaWorker() : builder.Services.AddLlama();
        using var host = builder.Build();
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("nope.gguf", error.Message, StringComparison.Ordinal);
        Assert.Contains("cogtools models get", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_is_healthy_when_its_model_is_loaded_and_says_why_when_it_is_not()
    {
        using var folder = new TemporaryFolder();
        var damaged = folder.File("damaged.gguf");
        await File.WriteAllTextAsync(damaged, "GGUF but not really", TestContext.Current.CancellationToken);
        await using var provider = Checked(
            new ServiceCollection().AddLlama(static o => o.Path = TestModels.Tiny.Path, static o => o.Threads = 1));
        await using var wrong = Checked(new ServiceCollection().AddLlama(o => o.Path = damaged));

        Assert.Equal((HealthStatus.Unhealthy, "not loaded yet"), await StateOfAsync(provider, "not loaded yet"));
        await WarmUpAsync(provider);
        Assert.Equal((HealthStatus.Healthy, "loaded"), await StateOfAsync(provider, "loaded"));
        await WarmUpAsync(wrong); // ends without an error of its own
        Assert.Equal((HealthStatus.Unhealthy, "could not be loaded"), await StateOfAsync(wrong, "could not be loaded"));
    }

    [Fact]
    public async Task A_host_whose_worker_ended_is_degraded_until_another_one_runs()
    {
        var host = Path.Combine(AppContext.BaseDirectory, "CognitiveTools.Llama.TestHost.dll");
        await using var provider = Checked(new ServiceCollection().AddLlamaWorker(
            static o => o.Path = TestModels.Tiny.Path,
            static o => o.Threads = 1,
            o => (o.FileName, o.Arguments) = ("dotnet", [host])));
        var worker = provider.GetRequiredService<LlamaWorker>();
        Assert.Equal((HealthStatus.Unhealthy, "not loaded yet"), await StateOfAsync(provider, "not loaded yet"));
        await WarmUpAsync(provider);
        Assert.Equal((HealthStatus.Healthy, "process"), await StateOfAsync(provider, "process"));

        using (var process = System.Diagnostics.Process.GetProcessById(worker.ProcessId!.Value))
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        while (worker.ProcessId is not null) // until the reading thread has found the end of the pipe
            await Task.Yield();
        Assert.Equal(
            (HealthStatus.Degraded, "the next request starts another one"),
            await StateOfAsync(provider, "the next request starts another one"));
        await worker.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal((HealthStatus.Healthy, "process"), await StateOfAsync(provider, "process"));
    }

    [Fact]
    public async Task A_model_of_the_catalog_under_any_name_with_another_models_prompts_is_told_so()
    {
        using var folder = new TemporaryFolder();
        var mini = folder.File("renamed.gguf");
        File.Copy(new ModelStore(ModelCatalog.Load()).Require("mini").Path, mini);

        var wrong = await SolveAsync("default");
        var right = await SolveAsync("mini");
        Assert.Contains(
            "is the model 'mini', which is made for the prompt profile 'mini', and 'default' is used", Assert.Single(wrong.Notes),
            StringComparison.Ordinal);
        Assert.Empty(right.Notes);
        Assert.NotEmpty(right.Answer);

        async Task<Reasoning> SolveAsync(string profile)
        {
            await using var provider = new ServiceCollection()
                .AddLlama(o => o.Path = mini, static o => o.Threads = 1)
                .AddCognitiveTools(tools => tools.Profile = profile)
                .BuildServiceProvider();
            var reasoner = provider.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse("tools"));
            return await reasoner.SolveAsync(
                new Question("q", "Eva has 29 coins. Then 3 are lost. How many are there at last?"), SolveOptions.Default,
                TestContext.Current.CancellationToken);
        }
    }

    private static IServiceCollection With(params (string Key, string Value)[] settings) =>
        new ServiceCollection().AddSingleton<IConfiguration>(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value, StringComparer.Ordinal))
            .Build());

    private static ServiceProvider Checked(IServiceCollection services)
    {
        services.AddLogging().AddLlamaWarmUp().AddHealthChecks().AddLlama();
        return services.BuildServiceProvider();
    }

    private static async Task WarmUpAsync(ServiceProvider provider)
    {
        var service = provider.GetServices<IHostedService>().OfType<BackgroundService>()
            .Single(static background => background.GetType().Name.Contains("WarmUp", StringComparison.Ordinal));
        await service.StartAsync(TestContext.Current.CancellationToken);
        await service.ExecuteTask!;
    }

    private static async Task<(HealthStatus Status, string Words)> StateOfAsync(ServiceProvider provider, string words)
    {
        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        var description = report.Entries["llama"].Description!;
        return (report.Status, description.Contains(words, StringComparison.Ordinal) ? words : description);
    }
}
