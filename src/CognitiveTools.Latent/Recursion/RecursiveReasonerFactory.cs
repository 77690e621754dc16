using CognitiveTools.Depth;
using CognitiveTools.Hosting;
using CognitiveTools.Latent.Solving;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Recursion;

/// <summary>Makes <c>recursive</c> reasoners.</summary>
internal sealed class RecursiveReasonerFactory(ReasonerHost host) : IReasonerFactory
{
    private const int MostSteps = 256, MostWidth = 256;

    public string Kind => "recursive";

    public string Description => "A recursive model (GRAM) completes a puzzle.";

    public IReadOnlyList<ReasonerSetting> Settings { get; } =
    [
        new("steps", "those of its training", "steps of a trajectory, 1 to 256"),
        new("width", "1", "trajectories, 1 to 256"),
        new("choose", "vote", "which trajectory answers: vote, value (the highest of the model's value head)"),
    ];

    public IReasoner Create(ReasonerSpec spec)
    {
        var settings = new SettingsReader(spec);
        settings.RefuseControl();
        var steps = settings.Int32("steps", 0, 1, MostSteps);
        var width = settings.Int32("width", 1, 1, MostWidth);
        var choose = settings.Text("choose", "vote", "vote", "value");
        settings.RefuseUnread();
        if (width == 1 && spec.Settings.ContainsKey("choose"))
            throw new ArgumentException($"Reasoner '{spec}': one trajectory leaves nothing to choose. Set width too, or remove 'choose'.");
        var model = host.Find<IRecursiveModel>() ?? throw new ArgumentException(
            $"Reasoner '{spec}': the model in use is not a recursive one. "
            + "Name one, for instance --model gram, or 'model: gram' in a suite.");
        return new RecursiveReasoner(
            model,
            new RecursiveOptions(
                steps == 0 ? model.Steps : steps,
                width,
                choose == "vote" ? BranchChoice.SameText : BranchChoice.Confidence),
            host.Time);
    }
}
