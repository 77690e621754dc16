using CognitiveTools.Hosting;

namespace CognitiveTools.Reasoners;

/// <summary>Makes a <see cref="PromptReasoner"/>; the kind is the prompt's name.</summary>
internal sealed class PromptReasonerFactory(string kind, string summary, HostedParts parts) : IReasonerFactory
{
    public string Kind => kind;

    public string Description => $"{summary} Settings: profile=NAME.";

    public IReasoner Create(ReasonerSpec spec)
    {
        var settings = new SettingsReader(spec);
        var profile = parts.Profile(settings.Text("profile", ""));
        settings.RefuseUnread();
        settings.RefuseControl();
        return new PromptReasoner(parts.Verbal, profile, kind, parts.Time);
    }
}
