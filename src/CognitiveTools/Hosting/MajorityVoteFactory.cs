using CognitiveTools.Identity;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Hosting;

/// <summary>Makes <see cref="MajorityVote"/> around any other kind; settings that begin with <c>of.</c> and the control go to that
/// one.</summary>
internal sealed class MajorityVoteFactory(ReasonerHost host) : IReasonerFactory
{
    private const int MostAtOnce = 16; // half of an engine's lanes by default: other units go on

    public string Kind => "maj";

    public string Description =>
        "Majority vote over samples of another reasoner. Settings: k=N (8), of=KIND (cot), of.KEY=VALUE, temperature=T (0.7).";

    public IReasoner Create(ReasonerSpec spec)
    {
        var settings = new SettingsReader(spec);
        var samples = settings.Int32("k", 8, 1, 10_000);
        var temperature = settings.Single("temperature", 0.7f, 0.01f, 10);
        var inner = Inner(settings, spec);
        settings.RefuseUnread();
        if (inner.Kind == Kind)
            throw new ArgumentException($"Reasoner '{spec}': a vote over votes is not supported. Set 'of' to another kind.", nameof(spec));
        var reader = host.Required<IAnswerReader>(
            "It reads the answers that are compared: register one, for instance by services.AddCognitiveToolsEvals().");
        return new MajorityVote(Catalog.Make(inner), reader, samples, temperature, host.Time)
        {
            AtOnce = host.Batches ? Math.Min(samples, MostAtOnce) : 1,
        };
    }

    public ReasonerInputs InputsOf(ReasonerSpec spec) => Catalog.InputsOf(Inner(new SettingsReader(spec), spec));

    private ReasonerCatalog Catalog => host.Required<ReasonerCatalog>("Call services.AddCognitiveTools().");

    private static ReasonerSpec Inner(SettingsReader settings, ReasonerSpec spec) =>
        spec with { Kind = settings.Text("of", "cot"), Settings = settings.WithPrefix("of.") };
}
