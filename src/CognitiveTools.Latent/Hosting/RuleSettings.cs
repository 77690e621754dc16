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
    public const string Help =
        "rule=hidden|soft|switching (hidden); hidden: align=norm|identity|ridge (norm), lambda=L (1e-5, ridge); "
        + "soft: temperature (0.6), topk (30), topp (0.95), minp (0.001), maxtopk (10), coldentropy=NATS (0.01), coldsteps=N (256, 0 "
            + "never), stop=TOKEN; "
        + "switching: think=TOKEN (<think>), endthink=TOKEN (</think>), first=TOKEN, alpha (0.6), beta (0.7), window (512), switches=N (no "
            + "limit), "
        + "temperature (0.6), topk (20), topp (0.95), explicit=math|none (math); "
        + "noise=none|gaussian, of soft also gumbel|dirichlet (none), with sigma (0.33), gumbel=TEMPERATURE (0.5), dirichlet=CONCENTRATION "
            + "(1)";

    // The tokens that the authors of SwiReasoning feed as themselves, as far as a vocabulary has them as one token.
    private static readonly string[] MathTexts =
    [
        .. "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-*/=<>^_()[]{}|%!.,×÷·±≤≥≠√∑∏∫∞π".Select(c => c.ToString()),
        @"\frac", @"\sqrt", @"\cdot", @"\times", @"\div", @"\pm", @"\leq", @"\geq", @"\neq", @"\pi", @"\sum", @"\int", @"\boxed", @"\left",
            @"\right", "$", "$$",
    ];

    // One store per lambda, so that all reasoners of a host share a model's map.
    private readonly ConcurrentDictionary<float, RidgeMaps> _maps = new();

    private string AlignmentFolder => options.Value.AlignmentFolder ?? CacheFolder.Of("alignments");

    /// <summary>The rule, whether it mixes rows (so that greedy decoding is its foil), and whether its trajectories differ by
    /// seed.</summary>
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
