using CognitiveTools.Latent.Controls;
using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Solving;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Hosting;

/// <summary>Makes <c>latent</c> reasoners: a rule by name, its settings, and a control around it.</summary>
internal sealed class LatentReasonerFactory(LatentParts parts) : IReasonerFactory
{
    public string Kind => "latent";

    public string Description =>
        $"Thoughts without words, then a verbal answer. Settings: rule=hidden|soft (hidden), {LatentSettings.Help}; "
        + "hidden: align=norm|identity (norm); soft: temperature (0.6), topk (30), topp (0.95), minp (0.001), maxtopk (10), "
        + "noise=none|gumbel (none), gumbel=TEMPERATURE (0.5). Controls: zeroed, random, transplanted, dropped.";

    public IReasoner Create(ReasonerSpec spec)
    {
        var settings = new SettingsReader(spec);
        var model = parts.Model;
        var options = LatentSettings.Read(settings, spec, parts, model);
        IThoughtRule rule = settings.Text("rule", "hidden", "hidden", "soft") == "soft" ? Soft(settings, model) : Hidden(settings);
        settings.RefuseUnread();
        return new LatentReasoner(model, Control(spec, rule), options, parts.Time);
    }

    private static HiddenFeedback Hidden(SettingsReader settings) =>
        new(settings.Text("align", "norm", "norm", "identity") == "norm" ? Alignment.Norm : Alignment.Identity);

    private static SoftMixture Soft(SettingsReader settings, ILatentModel model)
    {
        var defaults = new SoftMixtureOptions();
        var noisy = settings.Text("noise", "none", "none", "gumbel") == "gumbel";
        return new SoftMixture(new SoftMixtureOptions
        {
            Temperature = settings.Single("temperature", defaults.Temperature, 0.001f, 100),
            TopK = settings.Int32("topk", Math.Min(defaults.TopK, model.VocabularySize), 1, model.VocabularySize),
            TopP = settings.Single("topp", defaults.TopP, 0.001f, 1),
            MinP = settings.Single("minp", defaults.MinP, 0, 1),
            MaxTopK = settings.Int32("maxtopk", defaults.MaxTopK, 1),
            Noise = noisy ? new GumbelNoise(settings.Single("gumbel", 0.5f, 0.001f, 100)) : null,
        });
    }

    private IThoughtRule Control(ReasonerSpec spec, IThoughtRule rule) => spec.Control switch
    {
        null => rule,
        "zeroed" => new Zeroed(rule),
        "random" => new RandomDirection(rule),
        "transplanted" => new Transplanted(rule, parts.Donors),
        "dropped" => new CacheDropped(rule),
        _ => throw new ArgumentException(
            $"Arm '{spec}': there is no control '{spec.Control}'. Known: zeroed, random, transplanted, dropped."),
    };
}
