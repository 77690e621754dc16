using CognitiveTools.Depth;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Latent.Recurrence;

/// <summary>Makes <c>recurrent</c> reasoners.</summary>
internal sealed class RecurrentReasonerFactory(IServiceProvider services) : IReasonerFactory
{
    private const int MostDepth = 256;

    public string Kind => "recurrent";

    public string Description =>
        "A recurrent-depth model answers at once. Settings: depth=1..256 (the mean of its training), or kl=NATS to end when "
        + "predictions stand still, with min=1..256 (1) and max=1..256 (32).";

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
            throw new ArgumentException($"Reasoner '{spec}': 'min' and 'max' bound an exit by divergence. Set kl=NATS too, or remove them.");
        if (threshold != 0 && fixedDepth != 0)
            throw new ArgumentException($"Reasoner '{spec}': 'depth' and 'kl' exclude each other. Keep one of them.");
        DepthPolicy? depth = fixedDepth != 0 ? new FixedDepth(fixedDepth)
            : threshold != 0 ? new DivergenceExit(threshold, least, most)
            : null;
        var model = services.GetService<IRecurrentModel>() ?? throw new ArgumentException(
            $"Reasoner '{spec}': the model in use is no recurrent-depth model. Name one, for instance --model recurrent, or 'model: recurrent' in a suite.");
        return new RecurrentReasoner(model, depth, services.GetService<TimeProvider>());
    }
}
