using System.Collections.Concurrent;
using CognitiveTools.Files;
using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Latent.Hosting;

/// <summary>Reads a rule with its settings and its noise.</summary>
internal sealed class RuleSettings(IOptions<LatentReasoningOptions> options)
{
    /// <summary>The settings that <see cref="Read"/> reads.</summary>
    public static IReadOnlyList<ReasonerSetting> Known { get; } =
    [
        new("rule", "hidden", "hidden (hidden states), soft (mixtures of embeddings), switching (mixtures and words in turn)"),
        new("align", "norm", "hidden: how a state becomes an input: norm, identity, ridge"),
        new("lambda", "1e-5", "align=ridge: regularisation"),
        new("temperature", "0.6", "soft: of the mixture; switching: of the sampled words"),
        new("topk", "30; switching: 20", "soft, switching: most probable tokens kept"),
        new("topp", "0.95", "soft, switching: share of the probability kept"),
        new("minp", "0.001", "soft: tokens below this share of the top token's probability are dropped"),
        new("maxtopk", "10", "soft: limit of the tokens mixed"),
        new("coldentropy", "0.01", "soft: entropy in nats below which a prediction is cold"),
        new("coldsteps", "256", "soft: cold predictions in a row that end the thoughts; 0 never ends them"),
        new("stop", "", "soft: token that ends the thoughts when it is the most probable one"),
        new("think", "<think>", "switching: token mixed in where thinking in mixtures begins again"),
        new("endthink", "</think>", "switching: token mixed in where words begin; sampled, it ends the thoughts"),
        new("first", "", "switching: token mixed into the first thought with weight 0.1"),
        new("alpha", "0.6", "switching: share of the mixture where it meets the token think; grows to 1"),
        new("beta", "0.7", "switching: share of the mixture where it meets the token endthink; grows to 1"),
        new("window", "512", "switching: words at least before mixtures may begin again"),
        new("switches", "no limit", "switching: switches to words after which the thoughts end"),
        new("explicit", "math", "switching: tokens that are fed as words: math, none"),
        new("noise", "none", "none, gaussian; soft also gumbel, dirichlet"),
        new("sigma", "0.33", "noise=gaussian: standard deviation"),
        new("gumbel", "0.5", "noise=gumbel: temperature"),
        new("dirichlet", "1", "noise=dirichlet: concentration"),
    ];

    // The authors of SwiReasoning feed these tokens as themselves, if the vocabulary has them as one token.
    private static readonly string[] MathTexts =
    [
        .. "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".Select(c => c.ToString()),
        .. "+-*/=<>^_()[]{}|%!.,×÷·±≤≥≠√∑∏∫∞π".Select(c => c.ToString()),
        @"\frac", @"\sqrt", @"\cdot", @"\times", @"\div", @"\pm", @"\leq", @"\geq", @"\neq", @"\pi", @"\sum", @"\int",
        @"\boxed", @"\left", @"\right", "$", "$$",
    ];

    // One store per lambda, so that all reasoners of a host share a model's map.
    private readonly ConcurrentDictionary<float, RidgeMaps> _maps = new();

    private string AlignmentFolder => options.Value.AlignmentFolder ?? CacheFolder.Of("alignments");

    /// <summary>
    /// The rule, whether it mixes rows (and is therefore compared with greedy decoding), and whether its trajectories differ by seed.
    /// </summary>
    public (IThoughtRule Rule, bool Mixes, bool Varies) Read(SettingsReader settings, ReasonerSpec spec, ILatentModel model)
    {
        var kind = settings.Text("rule", "hidden", "hidden", "soft", "switching");
        var noise = kind == "soft"
            ? settings.Text("noise", "none", "none", "gaussian", "gumbel", "dirichlet")
            : settings.Text("noise", "none", "none", "gaussian");
        IThoughtRule rule = kind switch
        {
            "soft" => new SoftMixture(Soft(settings, spec, model, noise)),
            "switching" => new SwitchingRule(Switching(settings, spec, model)),
            _ => Hidden(settings),
        };
        if (noise == "gaussian")
            rule = new GaussianNoise(rule, settings.Single("sigma", 0.33f, 0.0001f, 100));
        return (rule, kind != "hidden", kind == "switching" || noise != "none");
    }

    private HiddenFeedback Hidden(SettingsReader settings) => settings.Text("align", "norm", "norm", "identity", "ridge") switch
    {
        "identity" => new(Alignment.Identity),
        "ridge" => new(Alignment.Ridge, _maps.GetOrAdd(
            settings.Single("lambda", 1e-5f, 1e-12f, 1e6f), lambda => new RidgeMaps(AlignmentFolder, lambda))),
        _ => new(Alignment.Norm),
    };

    private static SoftMixtureOptions Soft(SettingsReader settings, ReasonerSpec spec, ILatentModel model, string noise)
    {
        var defaults = Sampling(settings, model, new SoftMixtureOptions());
        return defaults with
        {
            MinP = settings.Single("minp", defaults.MinP, 0, 1),
            MaxTopK = settings.Int32("maxtopk", defaults.MaxTopK, 1),
            ColdEntropy = settings.Single("coldentropy", defaults.ColdEntropy, 0),
            ColdSteps = settings.Int32("coldsteps", defaults.ColdSteps, 0),
            StopToken = Optional(settings, spec, model, "stop"),
            Noise = noise switch
            {
                "gumbel" => new GumbelNoise(settings.Single("gumbel", 0.5f, 0.001f, 100)),
                "dirichlet" => new DirichletNoise(settings.Single("dirichlet", 1, 0.001f, 10_000)),
                _ => null,
            },
        };
    }

    private static SwitchingOptions Switching(SettingsReader settings, ReasonerSpec spec, ILatentModel model)
    {
        var defaults = new SwitchingOptions
        {
            Open = LatentSettings.Token(spec, model, "think", settings.Text("think", "<think>")),
            Close = LatentSettings.Token(spec, model, "endthink", settings.Text("endthink", "</think>")),
        };
        return defaults with
        {
            First = Optional(settings, spec, model, "first"),
            Alpha = settings.Single("alpha", defaults.Alpha, 0, 1),
            Beta = settings.Single("beta", defaults.Beta, 0, 1),
            Window = settings.Int32("window", defaults.Window, 0),
            MaxSwitches = settings.Int32("switches", 0, 0) is > 0 and var most ? most : null,
            Explicit = settings.Text("explicit", "math", "math", "none") == "math"
                ? MathTexts.Select(text => model.Tokenizer.Find(text)).OfType<int>().ToHashSet()
                : new HashSet<int>(),
            Sampling = Sampling(settings, model, defaults.Sampling),
        };
    }

    private static SoftMixtureOptions Sampling(SettingsReader settings, ILatentModel model, SoftMixtureOptions defaults) => defaults with
    {
        Temperature = settings.Single("temperature", defaults.Temperature, 0.001f, 100),
        TopK = settings.Int32("topk", Math.Min(defaults.TopK, model.VocabularySize), 1, model.VocabularySize),
        TopP = settings.Single("topp", defaults.TopP, 0.001f, 1),
    };

    private static int? Optional(SettingsReader settings, ReasonerSpec spec, ILatentModel model, string name) =>
        settings.Text(name, "") is { Length: > 0 } text ? LatentSettings.Token(spec, model, name, text) : null;
}
