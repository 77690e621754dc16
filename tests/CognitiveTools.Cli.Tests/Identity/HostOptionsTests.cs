using System.Reflection;
using System.Text.Json;
using CognitiveTools.Depth;
using CognitiveTools.Hosting;
using CognitiveTools.Identity;
using CognitiveTools.Latent.Hosting;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Onnx.Latents;
using CognitiveTools.Onnx.Models;
using CognitiveTools.OpenAI.Endpoints;
using CognitiveTools.Reasoners;
using CognitiveTools.TestModels;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Cli.Tests.Identity;

/// <summary>
/// Every option of a host changes the identity of its reasoners, or stands here with the reason why it cannot change an answer.
/// The options are found by reflection, so that one which is added later must be put into one of the two lists.
/// </summary>
public sealed class HostOptionsTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    private static readonly Dictionary<string, string> DecideNothing = new(StringComparer.Ordinal)
    {
        ["CognitiveToolsOptions.RecordContent"] = "telemetry only",
        ["LatentReasoningOptions.AlignmentFolder"] = "a map is made from its model, wherever it is kept",
        ["LlamaModelOptions.NativesDirectory"] = "what was loaded is recorded: version, instructions, devices",
        ["LlamaModelOptions.Variant"] = "what was loaded is recorded",
        ["LlamaModelOptions.AllowCpuFallback"] = "what was loaded is recorded",
        ["LlamaModelOptions.MemoryMap"] = "the same bytes",
        ["LlamaEngineOptions.CacheLength"] = "which sequences share a decode: parallelism",
        ["LlamaEngineOptions.MaxSequences"] = "which sequences share a decode: parallelism",
        ["LlamaEngineOptions.IdlePrefixes"] = "which prefixes are kept: parallelism",
        ["LlamaEngineOptions.LaneTimeout"] = "makes an error of a unit, never another answer",
        ["OnnxModelOptions.CudaDevice"] = "of no effect in this build, which has no CUDA; recorded as the device",
        ["OnnxModelOptions.Provider"] = "the CPU is the only one in this build; what runs the graphs is recorded",
        ["OpenAICompatibleOptions.ApiKey"] = "who asks",
        ["OpenAICompatibleOptions.ApiKeyVariable"] = "who asks",
        ["OpenAICompatibleOptions.Timeout"] = "makes an error of a unit, never another answer",
        ["OpenAICompatibleOptions.Retries"] = "the same request again",
        ["OpenAICompatibleOptions.Stream"] = "the same answer, as it comes",
        ["OpenAICompatibleOptions.TokenLimitName"] = "another name of the same limit",
    };

    private static readonly Type[] Options =
    [
        typeof(CognitiveToolsOptions), typeof(LatentReasoningOptions), typeof(LlamaModelOptions), typeof(LlamaEngineOptions),
        typeof(OnnxModelOptions), typeof(OpenAICompatibleOptions),
    ];

    public static TheoryData<string> All =>
    [
        .. Options.SelectMany(
            type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => $"{type.Name}.{property.Name}"))
            .Where(option => !DecideNothing.ContainsKey(option)),
    ];

    [Fact]
    public void Every_reason_is_of_an_option_that_exists() => Assert.All(DecideNothing.Keys, name =>
        Assert.NotNull(Options.Single(type => type.Name == name.Split('.')[0]).GetProperty(name.Split('.')[1])));

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_option_that_can_change_an_answer_changes_the_identity(string option)
    {
        var (services, change) = (Services(option), Change(option));

        Assert.NotEqual(await IdentityAsync(services, static _ => { }), await IdentityAsync(services, change));
    }

    private Action<IServiceCollection> Services(string option) => option.Split('.')[0] switch
    {
        nameof(OnnxModelOptions) => services => services.AddRecurrentModel(onnx => onnx.Path = Shipped("recurrent")).AddCognitiveTools(),
        nameof(OpenAICompatibleOptions) => services => services
            .AddOpenAICompatibleClient(
                endpoint => (endpoint.Endpoint, endpoint.Model) = ("http://127.0.0.1:9/v1", "a")).AddCognitiveTools(),
        _ => services => services
            .AddLlama(
                model =>
                {
                    // Blocks of the smaller cache hold 32 numbers, which must divide a head.
                    model.Path = option.EndsWith(nameof(LlamaEngineOptions.CacheType), StringComparison.Ordinal)
                        ? TinyModel.Write(files.PathOf("wide.gguf"), 9, new() { Width = 64, Heads = 2, KvHeads = 1 })
                        : files.Model;
                    if (option.EndsWith(nameof(model.LoraScale), StringComparison.Ordinal))
                        model.Lora = TinyAdapter.Write(files.PathOf("scaled.gguf"), 0.1f);
                },
                engine => engine.Threads = 1)
            .AddCognitiveTools().AddLatentReasoning(),
    };

    private Action<IServiceCollection> Change(string option) => option switch
    {
        "CognitiveToolsOptions.Profile" => Set<CognitiveToolsOptions>(o => o.Profile = "mini"),
        "CognitiveToolsOptions.PromptsFolder" => Set<CognitiveToolsOptions>(
            o => o.PromptsFolder = Path.GetDirectoryName(BundledFiles.Find("prompts/paper/cot.md"))),
        "CognitiveToolsOptions.ToolsFolder" => Set<CognitiveToolsOptions>(o => o.ToolsFolder = Tools()),
        "CognitiveToolsOptions.Donors" => Set<CognitiveToolsOptions>(o => o.Donors.RemoveAt(0)),
        "LlamaModelOptions.Path" => Set<LlamaModelOptions>(o => o.Path = TinyModel.Write(files.PathOf("other.gguf"), 8)),
        "LlamaModelOptions.GpuLayers" => Set<LlamaModelOptions>(o => o.GpuLayers = 0),
        "LlamaModelOptions.ChatTemplate" => Set<LlamaModelOptions>(o => o.ChatTemplate = "chatml"),
        "LlamaModelOptions.TemplateVariables" => Set<LlamaModelOptions>(o => o.TemplateVariables["enable_thinking"] = "false"),
        "LlamaModelOptions.TemplateDate" => Set<LlamaModelOptions>(o => o.TemplateDate = new(2026, 11, 28)),
        "LlamaModelOptions.ThoughtFormat" => Set<LlamaModelOptions>(o => o.ThoughtFormat = "until-answer"),
        "LlamaModelOptions.Lora" => Set<LlamaModelOptions>(o => o.Lora = TinyAdapter.Write(files.PathOf("lora.gguf"), 0.2f)),
        "LlamaModelOptions.LoraScale" => Set<LlamaModelOptions>(o => o.LoraScale = 0.5f),
        "LlamaModelOptions.Overrides" => Set<LlamaModelOptions>(o => o.Overrides.Add(new("llama.context_length", "1000"))),
        "LlamaEngineOptions.ContextLength" => Set<LlamaEngineOptions>(o => o.ContextLength = 512),
        "LlamaEngineOptions.CacheType" => Set<LlamaEngineOptions>(o => o.CacheType = "q8_0"),
        "LlamaEngineOptions.BatchSize" => Set<LlamaEngineOptions>(o => o.BatchSize = 64),
        "LlamaEngineOptions.Threads" => Set<LlamaEngineOptions>(o => o.Threads = 2),
        "LlamaEngineOptions.BatchThreads" => Set<LlamaEngineOptions>(o => o.BatchThreads = 2),
        "LlamaEngineOptions.PlainAttention" => Set<LlamaEngineOptions>(o => o.PlainAttention = true),
        "LlamaEngineOptions.Deterministic" => Set<LlamaEngineOptions>(o => o.Deterministic = true),
        "OnnxModelOptions.Path" => Set<OnnxModelOptions>(o => o.Path = Shipped("recurrent-twin")),
        "OnnxModelOptions.Depth" => Set<OnnxModelOptions>(o => o.Depth = new FixedDepth(3)),
        "OnnxModelOptions.Seed" => Set<OnnxModelOptions>(o => o.Seed = 1),
        "OnnxModelOptions.Threads" => Set<OnnxModelOptions>(o => o.Threads = 2),
        "OpenAICompatibleOptions.Endpoint" => services => services.Configure<OpenAICompatibleOptions>(
            "verbal", o => o.Endpoint = "http://127.0.0.1:8/v1"),
        "OpenAICompatibleOptions.Model" => services => services.Configure<OpenAICompatibleOptions>("verbal", o => o.Model = "b"),
        "OpenAICompatibleOptions.ReturnThoughts" => services => services.Configure<OpenAICompatibleOptions>(
            "verbal", o => o.ReturnThoughts = false),
        "OpenAICompatibleOptions.FunctionCalls" => services => services.Configure<OpenAICompatibleOptions>(
            "verbal", o => o.FunctionCalls = false),
        _ => throw new InvalidOperationException($"{option} is new: say here how it is changed, or above why it cannot change an answer."),
    };

    private string Tools()
    {
        var folder = Directory.CreateDirectory(files.PathOf("tools"));
        var text = File.ReadAllText(BundledFiles.Find("tools/examine_answer.yaml"));
        File.WriteAllText(
            Path.Combine(folder.FullName, "examine_answer.yaml"),
            text.Replace("maxOutputTokens: 768", "maxOutputTokens: 1", StringComparison.Ordinal));
        return folder.FullName;
    }

    private static Action<IServiceCollection> Set<T>(Action<T> change)
        where T : class => services => services.Configure(change);

    private static string Shipped(string model) => new ModelStore(ModelCatalog.Load()).Resolve(model).Path;

    private static async Task<string> IdentityAsync(Action<IServiceCollection> add, Action<IServiceCollection> change)
    {
        var services = new ServiceCollection();
        add(services);
        change(services);
        await using var host = services.BuildServiceProvider();
        var identity = await host.GetRequiredService<ReasonerCatalog>().IdentifyAsync(
            ReasonerSpec.Parse("cot"), TestContext.Current.CancellationToken);
        return JsonSerializer.Serialize(identity);
    }
}
