using CognitiveTools.Latent.Controls;
using CognitiveTools.Latent.Solving;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Hosting;

/// <summary>Makes <c>latent</c> reasoners: a rule by name, its settings, its width, and a control around it.</summary>
internal sealed class LatentReasonerFactory(LatentParts parts) : IReasonerFactory
{
    private const string Controls = "zeroed, random, transplanted, dropped, greedy";

    private readonly RuleSettings _rules = new(parts);

    public string Kind => "latent";

    public string Description =>
        $"Thoughts without words, then a verbal answer. Settings: {LatentSettings.Help}; {RuleSettings.Help}; "
        + "width=N (1) trajectories, choose=vote|confidence (vote); agreement=yes|no with greedy decoding (yes for soft and switching). "
        + $"Controls: {Controls}.";

    public IReasoner Create(ReasonerSpec spec)
    {
        var settings = new SettingsReader(spec);
        var model = parts.Model;
        var options = LatentSettings.Read(settings, spec, parts, model);
        var (rule, mixes, varies) = _rules.Read(settings, spec, model);
        options = Wide(settings, spec, options, varies) with
        {
            ComparesWithGreedy = settings.Text("agreement", mixes && options.Call is null ? "yes" : "no", "yes", "no") == "yes" && spec.Control is null,
        };
        if (options.Call is not null && spec.Settings.GetValueOrDefault("rule") == "switching")
            throw new ArgumentException($"Arm '{spec}': switching says words between its thoughts, and a latent call hands over no words. Use rule=hidden or rule=soft.");
        settings.RefuseUnread();
        return new LatentReasoner(model, Control(spec, rule), options, parts.Time);
    }

    private LatentReasonerOptions Wide(SettingsReader settings, ReasonerSpec spec, LatentReasonerOptions options, bool varies)
    {
        var width = settings.Int32("width", 1, 1, 256);
        if (width == 1)
            return options;
        if (!varies)
            throw new ArgumentException($"Arm '{spec}': without noise all {width} trajectories would be the same. Set noise=gaussian, or width=1.");
        return options with
        {
            Width = width,
            Choice = settings.Text("choose", "vote", "vote", "confidence") == "vote" ? BranchChoice.Vote(parts.AnswerReader) : BranchChoice.Confidence,
        };
    }

    private IThoughtRule Control(ReasonerSpec spec, IThoughtRule rule) => spec.Control switch
    {
        null => rule,
        "zeroed" => new Zeroed(rule),
        "random" => new RandomDirection(rule),
        "transplanted" => new Transplanted(rule, parts.Donors),
        "dropped" => new CacheDropped(rule),
        "greedy" => new GreedyShadow(rule),
        _ => throw new ArgumentException($"Arm '{spec}': there is no control '{spec.Control}'. Known: {Controls}."),
    };
}
