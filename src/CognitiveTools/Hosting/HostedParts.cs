using CognitiveTools.Calls;
using CognitiveTools.Chat;
using CognitiveTools.Code;
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
/// What reasoner factories take from the host. Resolved when a reasoner is made, not when the catalog is, so that a host
/// without a verbal model can still use the other reasoners.
/// </summary>
internal sealed class HostedParts(IServiceProvider services)
{
    public const string VerbalKey = "verbal";

    private readonly Lazy<IChatClient> _verbal = new(() => Observed(services), LazyThreadSafetyMode.PublicationOnly); // a failure is not kept

    public TimeProvider Time => services.GetService<TimeProvider>() ?? TimeProvider.System;

    /// <summary>The host's model, with the spans and metrics that Microsoft.Extensions.AI gives chat clients.</summary>
    public IChatClient Verbal => _verbal.Value;

    /// <summary>Whether the host's model, if it has one, decodes requests together.</summary>
    public bool Batches => services.GetKeyedService<IChatClient>(VerbalKey) is { } client && ChatCapabilities.Of(client).Batches;

    /// <summary>Questions whose tool outputs replace the real ones where an ablation asks for it.</summary>
    public IReadOnlyList<Question> Donors => [.. services.GetRequiredService<IOptions<CognitiveToolsOptions>>().Value.Donors];

    public IsolatedCall MakeIsolatedCall() => new(Verbal, Time, services.GetService<ILoggerFactory>())
    {
        RecordContent = Options(services).RecordContent,
        Sandbox = services.GetService<ICodeSandbox>(),
    };

    /// <param name="name">A setting's text; empty for the host's profile.</param>
    public PromptProfile Profile(string name) => Profiles.Prompts(name);

    /// <summary>The tools that go with a profile: its own take the place of those of the same name.</summary>
    /// <param name="profile">As in <see cref="Profile"/>.</param>
    public ToolCatalog Tools(string profile) => Profiles.Tools(profile);

    public T Required<T>(string remedy)
        where T : notnull =>
        services.GetService<T>() is { } service ? service : throw new InvalidOperationException($"No {typeof(T).Name} is registered. {remedy}");

    private HostProfiles Profiles => services.GetRequiredService<HostProfiles>();

    private static CognitiveToolsOptions Options(IServiceProvider services) => services.GetRequiredService<IOptions<CognitiveToolsOptions>>().Value;

    private static IChatClient Observed(IServiceProvider services)
    {
        var client = Registered(services);
        if (client.GetService(typeof(OpenTelemetryChatClient)) is not null)
            return client; // the host has done it its own way
        var content = Options(services).RecordContent;
        return client.AsBuilder().UseOpenTelemetry(sourceName: TelemetryNames.Source, configure: chat => chat.EnableSensitiveData |= content).Build();
    }

    private static IChatClient Registered(IServiceProvider services) => services.GetKeyedService<IChatClient>(VerbalKey)
        ?? throw new InvalidOperationException($"No chat client is registered under the key '{VerbalKey}'. Register one with services.AddKeyedChatClient(\"{VerbalKey}\", ...).");
}
