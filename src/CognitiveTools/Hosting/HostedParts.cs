using CognitiveTools.Calls;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Hosting;

/// <summary>
/// What reasoner factories take from the host. Resolved when a reasoner is made, not when the catalog is, so that a host
/// without a verbal model can still use the other reasoners.
/// </summary>
internal sealed class HostedParts(IServiceProvider services)
{
    public const string VerbalKey = "verbal";

    public TimeProvider Time => services.GetService<TimeProvider>() ?? TimeProvider.System;

    public IChatClient Verbal => services.GetKeyedService<IChatClient>(VerbalKey)
        ?? throw new InvalidOperationException($"No chat client is registered under the key '{VerbalKey}'. Register one with services.AddKeyedChatClient(\"{VerbalKey}\", ...).");

    /// <summary>Questions whose tool outputs replace the real ones where an ablation asks for it.</summary>
    public IReadOnlyList<Question> Donors => [.. services.GetRequiredService<IOptions<CognitiveToolsOptions>>().Value.Donors];

    public IsolatedCall MakeIsolatedCall() => new(Verbal, Time);

    /// <param name="name">A setting's text; empty for the host's profile.</param>
    public PromptProfile Profile(string name) => name.Length == 0
        ? services.GetRequiredService<PromptProfile>()
        : services.GetRequiredService<IOptions<CognitiveToolsOptions>>().Value.LoadPrompts(name);

    public T Required<T>(string remedy)
        where T : notnull =>
        services.GetService<T>() is { } service ? service : throw new InvalidOperationException($"No {typeof(T).Name} is registered. {remedy}");
}
