using CognitiveTools.Calls;
using CognitiveTools.Chat;
using CognitiveTools.Code;
using CognitiveTools.Latents;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Telemetry;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Hosting;

/// <summary>
/// The host's services for the factories of all reasoners. They are resolved when a reasoner is made, not when the catalog is, so
/// that a host without one of the models can still list the catalog and use the other reasoners. Thread-safe.
/// </summary>
internal sealed class ReasonerHost(IServiceProvider services)
{
    // A failure is not cached: the next reasoner tries again.
    private readonly Lazy<IChatClient> _verbal = new(() => Pipeline(services), LazyThreadSafetyMode.PublicationOnly);

    public TimeProvider Time => services.GetService<TimeProvider>() ?? TimeProvider.System;

    /// <summary>
    /// The host's chat model inside the layers of <c>ConfigureVerbalClient</c>, with the spans and metrics of Microsoft.Extensions.AI.
    /// </summary>
    public IChatClient Verbal => _verbal.Value;

    /// <summary>The host's latent model.</summary>
    public ILatentModel Latent => services.GetKeyedService<ILatentModel>(ServiceKeys.Latent)
        ?? services.GetService<ILatentModel>()
        ?? throw new InvalidOperationException(
            $"No latent model is registered. Register an ILatentModel, under the key '{ServiceKeys.Latent}' or without one; "
            + "a chat client over the network cannot serve, because it hides the hidden states.");

    /// <summary>Whether the host's chat model, if it has one, decodes requests together.</summary>
    public bool Batches => services.GetKeyedService<IChatClient>(ServiceKeys.Verbal) is { } client && ChatCapabilities.Of(client).Batches;

    /// <summary>Questions whose tool outputs or thoughts replace the real ones in ablations and controls.</summary>
    public IReadOnlyList<Question> Donors => [.. Options.Donors];

    public IsolatedCall MakeIsolatedCall() => new(Verbal, Time, services.GetService<ILoggerFactory>())
    {
        RecordContent = Options.RecordContent,
        Sandbox = services.GetService<ICodeSandbox>(),
    };

    /// <summary>The prompts that the setting <c>profile</c> names, with the same meaning for every family of reasoners.</summary>
    /// <param name="name">
    /// The text of the setting: empty for the host's own prompts, else an embedded profile. The host's
    /// <see cref="CognitiveToolsOptions.ToolsFolder"/> extends either.
    /// </param>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    /// <exception cref="InvalidDataException">A file of the host's folders breaks the format.</exception>
    public PromptProfile Profile(string name) =>
        name.Length > 0 ? Options.LoadPrompts(name) : services.GetService<PromptProfile>() ?? Options.LoadPrompts();

    /// <summary>The tools of a profile; they replace shared tools of the same name.</summary>
    /// <inheritdoc cref="Profile"/>
    public ToolCatalog Tools(string name) =>
        name.Length > 0 ? Options.LoadTools(HasSandbox, name) : services.GetService<ToolCatalog>() ?? Options.LoadTools(HasSandbox);

    /// <summary>A service of the host; <see langword="null"/> when it has none.</summary>
    public T? Find<T>()
        where T : class => services.GetService<T>();

    /// <exception cref="InvalidOperationException">The host has no such service.</exception>
    public T Required<T>(string remedy)
        where T : notnull =>
        services.GetService<T>() is { } service
            ? service
            : throw new InvalidOperationException($"No {typeof(T).Name} is registered. {remedy}");

    private CognitiveToolsOptions Options => services.GetRequiredService<IOptions<CognitiveToolsOptions>>().Value;

    /// <summary>Whether the host runs programs of models.</summary>
    public bool HasSandbox => services.GetService<ICodeSandbox>() is not null;

    private static IChatClient Pipeline(IServiceProvider services)
    {
        var client = services.GetKeyedService<IChatClient>(ServiceKeys.Verbal) ?? throw new InvalidOperationException(
            $"No chat client is registered under the key '{ServiceKeys.Verbal}'. "
            + $"Register one with services.AddKeyedChatClient(\"{ServiceKeys.Verbal}\", ...).");
        var builder = client.AsBuilder();
        if (client.GetService(typeof(OpenTelemetryChatClient)) is null) // otherwise the host has added it
        {
            var content = services.GetRequiredService<IOptions<CognitiveToolsOptions>>().Value.RecordContent;
            builder.UseOpenTelemetry(sourceName: TelemetryNames.Source, configure: chat => chat.EnableSensitiveData |= content);
        }

        foreach (var configuration in services.GetServices<VerbalClientConfiguration>())
            configuration.Configure(builder);
        return builder.Build(services);
    }
}
