using CognitiveTools.Depth;
using CognitiveTools.Hosting;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Recurrence;

/// <summary>Makes <c>recurrent</c> reasoners.</summary>
internal sealed class RecurrentReasonerFactory(ReasonerHost host) : IReasonerFactory
{
    private const int MostDepth = 256;

    public string Kind => "recurrent";

    public string Description => "A recurrent-depth model answers directly.";

    public IReadOnlyList<ReasonerSetting> Settings { get; } =
    [
        new("depth", "the mean of its training", "applications of the core, 1 to 256"),
        new("kl", "", "stop when predictions change by less than this many nats; excludes depth"),
        new("min", "1", "lowest depth with kl"),
        new("max", "32", "highest depth with kl"),
    ];

    public IReasoner Create(ReasonerSpec spec)
    {
        var settings = new SettingsReader(spec);
        settings.RefuseControl();
        var fixedDepth = settings.Int32("depth", 0, 1, MostDepth);
        var threshold = settings.Single("kl", 0, float.Epsilon);
        var most = settings.Int32("max", 32, 1, MostDepth);
        var least = settings.Int32("min", 1, 1, most);
        settings.RefuseUnread();
        if (threshold == 0 && (spec.Settings.ContainsKey("min") || spec.Settings.ContainsKey("max")))
            throw new ArgumentException(
                $"Reasoner '{spec}': 'min' and 'max' bound an exit by divergence. Set kl=NATS too, or remove them.");
        if (threshold != 0 && fixedDepth != 0)
            throw new ArgumentException($"Reasoner '{spec}': 'depth' and 'kl' exclude each other. Keep one of them.");
        var depth = fixedDepth != 0 ? DepthPolicy.Fixed(fixedDepth)
            : threshold != 0 ? DepthPolicy.UntilConvergence(threshold, least, most)
            : null;
        var model = host.Find<IRecurrentModel>() ?? throw new ArgumentException(
            $"Reasoner '{spec}': the model in use is not a recurrent-depth model. "
            + "Name one, for instance --model recurrent, or 'model: recurrent' in a suite.");
        return new RecurrentReasoner(model, depth, host.Time);
    }
}
