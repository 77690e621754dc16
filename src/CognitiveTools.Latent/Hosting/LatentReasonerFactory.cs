using CognitiveTools.Hosting;
using CognitiveTools.Latent.Controls;
using CognitiveTools.Latent.Solving;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Latent.Hosting;

/// <summary>Makes <c>latent</c> reasoners: a rule by name, its settings, its width, and a control around it.</summary>
internal sealed class LatentReasonerFactory(ReasonerHost host, IOptions<LatentReasoningOptions> options) : IReasonerFactory
{
    private const string Controls = "zeroed, random, transplanted, dropped, greedy";

    private const string ReaderRemedy =
        "choose=vote compares answers: register one, for instance by services.AddCognitiveToolsEvals(), or set choose=confidence.";

    private readonly RuleSettings _rules = new(options);

    public string Kind => "latent";

    public string Description =>
        $"Thoughts without words, then a verbal answer. Settings: {LatentSettings.Help}; {RuleSettings.Help}; "
        + "width=N (1) trajectories, choose=vote|confidence (vote); agreement=yes|no with greedy decoding (yes for soft and switching). "
        + $"Controls: {Controls}.";

    public IReasoner Create(ReasonerSpec spec)
    {
        var settings = new SettingsReader(spec);
        var model = host.Latent;
        var latent = LatentSettings.Read(settings, spec, host, model);
        var (rule, mixes, varies) = _rules.Read(settings, spec, model);
        latent = Wide(settings, spec, latent, varies) with
        {
            ComparesWithGreedy = settings.Text("agreement", mixes && latent.Call is null ? "yes" : "no", "yes", "no") == "yes"
                && spec.Control is null,
        };
        if (latent.Call is not null && spec.Settings.GetValueOrDefault("rule") == "switching")
            throw new ArgumentException(
                $"Reasoner '{spec}': switching says words between its thoughts, and a latent call hands over no words. Use rule=hidden or "
                + "rule=soft.");
        settings.RefuseUnread();
        return new LatentReasoner(model, Control(spec, rule), latent, host.Time);
    }

    private LatentReasonerOptions Wide(SettingsReader settings, ReasonerSpec spec, LatentReasonerOptions latent, bool varies)
    {
        var width = settings.Int32("width", 1, 1, 256);
        if (width == 1)
            return latent;
        if (!varies)
            throw new ArgumentException(
                $"Reasoner '{spec}': without noise all {width} trajectories would be the same. Set noise=gaussian, or width=1.");
        return latent with
        {
            Width = width,
            Choice = settings.Text("choose", "vote", "vote", "confidence") == "vote"
                ? BranchChoice.Vote(host.Required<IAnswerReader>(ReaderRemedy)) : BranchChoice.Confidence,
        };
    }

    private IThoughtRule Control(ReasonerSpec spec, IThoughtRule rule) => spec.Control switch
    {
        null => rule,
        "zeroed" => new Zeroed(rule),
        "random" => new RandomDirection(rule),
        "transplanted" => new Transplanted(rule, host.Donors),
        "dropped" => new CacheDropped(rule),
        "greedy" => new GreedyShadow(rule),
        _ => throw new ArgumentException($"Reasoner '{spec}': there is no control '{spec.Control}'. Known: {Controls}."),
    };
}
