using CognitiveTools.Reasoners;
using CognitiveTools.Verbal;

namespace CognitiveTools.Hosting;

/// <summary>Makes a <see cref="PromptReasoner"/>; the kind is the prompt's name.</summary>
internal sealed class PromptReasonerFactory(string kind, string summary, ReasonerHost host) : IReasonerFactory
{
    public string Kind => kind;

    public string Description => summary;

    public IReadOnlyList<ReasonerSetting> Settings { get; } = [.. SamplingSettings.Known, .. ThoughtSettings.Known, CommonSettings.Profile];

    public IReasoner Create(ReasonerSpec spec)
    {
        var settings = new SettingsReader(spec);
        var profile = host.Profile(settings.Text("profile", ""));
        var sampling = SamplingSettings.Read(settings);
        var thinking = ThoughtSettings.Read(settings);
        settings.RefuseUnread();
        settings.RefuseControl();
        thinking.Require(spec, host.Verbal);
        return new PromptReasoner(host.Verbal, profile, kind, host.Time) { Sampling = sampling, Thinking = thinking };
    }
}
