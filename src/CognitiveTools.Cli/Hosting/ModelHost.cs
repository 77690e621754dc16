using CognitiveTools.Answers.Reading;
using CognitiveTools.Cli.Configuration;
using CognitiveTools.Hosting;
using CognitiveTools.Latent.Hosting;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Facts;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Natives;
using CognitiveTools.Llama.Workers;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Onnx.Latents;
using CognitiveTools.Onnx.Recursion;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Server.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Cli.Hosting;

/// <summary>
/// The services of one command that uses a model: the llama.cpp engine, ONNX Runtime or a remote endpoint, the tools
/// through Semantic Kernel, the latent reasoners. Loaded on first use.
/// </summary>
internal sealed class ModelHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly ResolvedModel? _model;
    private readonly OptionNames _names;

    private ModelHost(ServiceProvider services, ResolvedModel? model, EndpointChoice? endpoint, OptionNames names) =>
        (_services, _model, Endpoint, _names) = (services, model, endpoint, names);

    /// <summary>The remote model; <see langword="null"/> when the model is local.</summary>
    public EndpointChoice? Endpoint { get; }

    /// <summary>The local model.</summary>
    /// <exception cref="InvalidOperationException">The model is remote.</exception>
    public ResolvedModel Model => _model
        ?? throw new InvalidOperationException("An endpoint has no model file. Use a local model (--model).");

    public IServiceProvider Services => _services;

    public LlamaModel Llama => InProcess<LlamaModel>();

    public LlamaEngine Engine => InProcess<LlamaEngine>();

    /// <summary>The process that runs llama.cpp; <see langword="null"/> when llama.cpp runs in this process or not at all.</summary>
    public LlamaWorker? Worker => _services.GetService<LlamaWorker>();

    /// <summary>Why the prompts do not fit the model; <see langword="null"/> when they fit or the catalog does not say.</summary>
    public string? ProfileProblem => _model is null
        ? null
        : ModelProfile.ProblemOf(_model.Path, _services.GetRequiredService<IOptions<CognitiveToolsOptions>>().Value);

    /// <summary>Whether the model is a recurrent-depth one or a GRAM, on ONNX Runtime.</summary>
    public bool IsRecurrent => _model is not null && RecurrentModel.Is(_model);

    private bool IsLlama => Endpoint is null && !IsRecurrent;

    /// <summary>The local model as a recurrent-depth one; <see langword="null"/> when it is of another kind.</summary>
    public OnnxLatentModel? Recurrent => _services.GetService<OnnxLatentModel>();

    /// <summary>The local model as a GRAM; <see langword="null"/> when it is of another kind.</summary>
    public OnnxRecursiveModel? Recursive => _services.GetService<OnnxRecursiveModel>();

    /// <summary>Whether units must run one at a time.</summary>
    public bool IsDeterministic => IsLlama
        && _services.GetRequiredService<IOptions<LlamaEngineOptions>>().Value.Deterministic;

    /// <summary>Prepares the services; the model itself is loaded when first asked for.</summary>
    /// <param name="choice">The model and how to run it.</param>
    /// <param name="donors">Questions whose thoughts the control <c>transplanted</c> feeds; the built-in ones when fewer than two.</param>
    /// <param name="answers">How majority votes read answers; by default strict integers.</param>
    /// <exception cref="FileNotFoundException">The model is not on this machine; the message says how to get it.</exception>
    /// <exception cref="InvalidDataException">The model's file differs from the one that the catalog names.</exception>
    public static ModelHost Create(ModelChoice choice, IReadOnlyCollection<Question>? donors = null, IAnswerKind? answers = null)
    {
        var settings = choice.Settings ?? SettingsLoader.Load(SettingPlaces.OfThisProcess());
        var model = choice.Endpoint is null ? new ModelStore(ModelCatalog.Load()).Require(choice.Reference ?? settings.DefaultModel) : null;
        var services = new ServiceCollection();
        services.AddSingleton(settings.Configuration);
        services.AddSingleton(TimeProvider.System);
        services.AddLogging(logging => Configure(logging, choice));
        if (model is not null && !RecurrentModel.Is(model))
        {
            if ((choice.Host ?? EngineHosts.FromSettings(settings.Configuration)) == EngineHost.Process)
                services.AddLlamaWorker(llama => Configure(llama, settings, choice, model), engine => Configure(engine, choice));
            else
                services.AddLlama(llama => Configure(llama, settings, choice, model), engine => Configure(engine, choice));
            if (choice.Serves)
                services.AddHealthChecks().AddLlama();
        }
        else if (choice.ChatTemplate is not null)
        {
            throw new ArgumentException(
                $"--chat-template works only with GGUF models; {model?.Reference ?? "an endpoint's model"} has its own. "
                    + $"Remove the option.");
        }
        else if (choice.Host == EngineHost.Process)
        {
            throw new ArgumentException(
                $"{EngineHosts.Option} process works only with GGUF models; {model?.Reference ?? "an endpoint's model"} is not one. "
                + $"Remove the option. (The setting {EngineHosts.Setting} can stay; it affects GGUF models only.)");
        }
        else if (model is not null)
        {
            RecurrentModel.AddTo(services, model, choice.Threads, choice.Backend ?? NativeVariant.Auto);
        }
        else
        {
            if (choice.OptionsOfLocalModels() is { Count: > 0 } local)
                throw new ArgumentException(
                    $"{string.Join(", ", local)}: only a local model has this, and --endpoint names a remote one. Leave it out. "
                    + "(Settings of the section Llama can stay; they affect local models only.)");
            RemoteModel.AddTo(services, choice.Endpoint!);
        }

        services.AddCognitiveTools(tools =>
        {
            UseDonors(tools, donors);
            if (choice.Profile is { } profile)
                UseProfile(tools, profile);
            else if (settings.Configuration["CognitiveTools:Profile"] is null && tools.PromptsFolder is null)
                tools.Profile = model?.Entry?.Profile ?? tools.Profile;
        });
        if (choice.Code)
            services.AddCodeSandbox(code => CodeSettings.Apply(code, settings.Configuration));
        services.AddCognitiveToolsKernel();
        services.AddCognitiveToolsEvals(answers);
        services.AddLatentReasoning();
        var names = new OptionNames(choice, model);
        return new ModelHost(Validated(services.BuildServiceProvider(), names), model, choice.Endpoint, names);
    }

    /// <summary>
    /// Checks what would otherwise fail at every question: that a model outside this process can be reached, and that a chat template or
    /// variables that are given render a plain message. Starts a worker; loads a model in this process only when such are given.
    /// </summary>
    /// <exception cref="HttpRequestException">The endpoint does not answer, or refuses the key.</exception>
    /// <exception cref="LlamaWorkerException">The worker could not be started, or exited.</exception>
    /// <exception cref="ArgumentException">The chat template that is given cannot be used, or does not read a variable.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (Endpoint is not null)
            await RemoteModel.CheckAsync(_services, cancellationToken);
        if (Worker is { } worker)
            await worker.StartAsync(cancellationToken);
        if (IsLlama && _services.GetRequiredService<IOptions<LlamaModelOptions>>().Value is var llama && TemplateCheck.IsNeeded(llama))
            TemplateCheck.Require((await InspectAsync(cancellationToken)).Model, llama, _names);
    }

    /// <summary>What llama.cpp runs, in this process or in a worker. Loads the model.</summary>
    public async Task<EngineFacts> InspectAsync(CancellationToken cancellationToken) =>
        Worker is { } worker ? await worker.InspectAsync(cancellationToken) : LlamaDoctor.InspectEngine(Engine);

    /// <summary>How much the context holds. Loads a local model.</summary>
    public async Task<ContextRoom> ContextRoomAsync(CancellationToken cancellationToken) =>
        Endpoint is not null || Recursive is not null ? new(null, null)
        : Recurrent is { } recurrent ? new(recurrent.ContextLength, null)
        : ContextRoom.Of(await InspectAsync(cancellationToken));

    /// <summary>
    /// Says that the context that is set is longer than the model was trained for; <see langword="null"/> when it is not. Loads a model
    /// whose context is set.
    /// </summary>
    public async Task<string?> LongContextAsync(CancellationToken cancellationToken) =>
        IsLlama && _services.GetRequiredService<IOptions<LlamaEngineOptions>>().Value.ContextLength is not null
            ? (await ContextRoomAsync(cancellationToken)).Warning
            : null;

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private T InProcess<T>()
        where T : class => Worker is null
        ? _services.GetRequiredService<T>()
        : throw new InvalidOperationException(
            $"This reasoner works on llama.cpp itself, which {EngineHosts.Option} or the setting {EngineHosts.Setting} places in another "
            + $"process. Give {EngineHosts.Option} inprocess.");

    // A generic host does this when it starts; a command has no host.
    private static ServiceProvider Validated(ServiceProvider services, OptionNames names)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
            return services;
        }
        catch (OptionsValidationException invalid)
        {
            services.Dispose();
            throw new ArgumentException(string.Join(" ", invalid.Failures.Select(names.In)), invalid);
        }
        catch
        {
            services.Dispose();
            throw;
        }
    }

    /// <summary>Sets the prompts by name or folder. An embedded profile's name wins over a folder of that name.</summary>
    internal static void UseProfile(CognitiveToolsOptions tools, string profile)
    {
        if (!PromptProfile.EmbeddedNames.Contains(profile, StringComparer.Ordinal) && Directory.Exists(profile))
            tools.PromptsFolder = profile;
        else
            (tools.Profile, tools.PromptsFolder) = (profile, null);
    }

    /// <summary>Sets the donors; does nothing with fewer than two, because a donor must differ from the question.</summary>
    internal static void UseDonors(CognitiveToolsOptions tools, IReadOnlyCollection<Question>? donors)
    {
        if (donors is not { Count: > 1 })
            return;
        tools.Donors.Clear();
        foreach (var donor in donors)
            tools.Donors.Add(donor);
    }

    private static void Configure(ILoggingBuilder logging, ModelChoice choice)
    {
        if (!choice.Verbose && !choice.Serves)
            return;
        logging.SetMinimumLevel(choice.Verbose ? LogLevel.Debug : LogLevel.Warning);
        if (choice.Serves && !choice.Verbose)
            logging.AddFilter(typeof(CompletionsServer).FullName, LogLevel.Information);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = choice.Serves;
            console.TimestampFormat = "HH:mm:ss ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void Configure(LlamaModelOptions llama, LoadedSettings settings, ModelChoice choice, ResolvedModel model)
    {
        llama.Path = model.Path;
        (llama.Lora, llama.LoraScale) = (model.Change.Lora, model.Change.LoraScale);
        foreach (var change in model.Change.Overrides)
            llama.Overrides.Add(change);
        llama.ThoughtFormat = model.Change.ThoughtFormat ?? llama.ThoughtFormat;
        llama.NativesDirectory = choice.Natives ?? settings.NativesDirectory;
        llama.Variant = choice.Backend ?? llama.Variant;
        llama.ChatTemplate = choice.ChatTemplate is { } template
            ? ChatTemplateFile.Read(template, "--chat-template")
            : llama.ChatTemplate is { } set ? ChatTemplateFile.Read(set, "The setting Llama:ChatTemplate") : null;
        llama.GpuLayers = choice.GpuLayers ?? llama.GpuLayers;
    }

    private static void Configure(LlamaEngineOptions engine, ModelChoice choice)
    {
        engine.ContextLength = choice.Context ?? engine.ContextLength;
        engine.LongestTurn = choice.Budget is { } budget ? new(budget.TokensPerTurn, budget.ThoughtTokens) : null;
        engine.CacheType = choice.CacheType ?? engine.CacheType;
        engine.Threads = choice.Threads ?? engine.Threads;
        engine.Deterministic |= choice.Deterministic;
    }
}
