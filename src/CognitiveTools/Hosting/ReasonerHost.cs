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
/// What the factories of every family of reasoners take from the host. Resolved when a reasoner is made, not when the catalog is, so
/// that a host without one of the models can still list the catalog and use the other reasoners. Thread-safe.
/// </summary>
internal sealed class ReasonerHost(IServiceProvider services, HostProfiles profiles)
{
    // A failure is not kept: the next reasoner tries again.
    private readonly Lazy<IChatClient> _verbal = new(() => Pipeline(services), LazyThreadSafetyMode.PublicationOnly);

    public TimeProvider Time => services.GetService<TimeProvider>() ?? TimeProvider.System;

    /// <summary>
    /// The host's chat model behind what <c>ConfigureVerbalClient</c> adds, with the spans and metrics that Microsoft.Extensions.AI
    /// gives chat clients.
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

    /// <summary>Questions whose tool outputs or thoughts replace the real ones where an ablation or a control asks for it.</summary>
    public IReadOnlyList<Question> Donors => [.. OptionsOf(services).Donors];

    public IsolatedCall MakeIsolatedCall() => new(Verbal, Time, services.GetService<ILoggerFactory>())
    {
        RecordContent = OptionsOf(services).RecordContent,
        Sandbox = services.GetService<ICodeSandbox>(),
    };

    /// <param name="name">A setting's text; empty for the host's profile.</param>
    public PromptProfile Profile(string name) => profiles.Prompts(name);

    /// <summary>The tools that go with a profile: its own take the place of those of the same name.</summary>
    /// <param name="profile">As in <see cref="Profile"/>.</param>
    public ToolCatalog Tools(string profile) => profiles.Tools(profile);

    /// <exception cref="InvalidOperationException">The host has no such service.</exception>
    public T Required<T>(string remedy)
        where T : notnull =>
        services.GetService<T>() is { } service
            ? service
            : throw new InvalidOperationException($"No {typeof(T).Name} is registered. {remedy}");

    private static CognitiveToolsOptions OptionsOf(IServiceProvider services) =>
        services.GetRequiredService<IOptions<CognitiveToolsOptions>>().Value;

    private static IChatClient Pipeline(IServiceProvider services)
    {
        var client = services.GetKeyedService<IChatClient>(ServiceKeys.Verbal) ?? throw new InvalidOperationException(
            $"No chat client is registered under the key '{ServiceKeys.Verbal}'. "
            + $"Register one with services.AddKeyedChatClient(\"{ServiceKeys.Verbal}\", ...).");
        var builder = client.AsBuilder();
        if (client.GetService(typeof(OpenTelemetryChatClient)) is null) // else the host has added it itself
        {
            var content = OptionsOf(services).RecordContent;
            builder.UseOpenTelemetry(sourceName: TelemetryNames.Source, configure: chat => chat.EnableSensitiveData |= content);
        }

        foreach (var configuration in services.GetServices<VerbalClientConfiguration>())
            configuration.Configure(builder);
        return builder.Build(services);
    }
}
