using CognitiveTools.Identity;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Hosting;

/// <summary>
/// Makes a <see cref="MajorityVote"/> over another kind, which gets the control and the settings that begin with <c>of.</c>.
/// </summary>
internal sealed class MajorityVoteFactory(ReasonerHost host) : IReasonerFactory
{
    private const int MostAtOnce = 16; // half of an engine's default lanes, so that other units continue

    public string Kind => "maj";

    public string Description => "Majority vote over samples of another reasoner.";

    public IReadOnlyList<ReasonerSetting> Settings { get; } =
    [
        new("k", "8", "number of samples"),
        new("of", "cot", "the kind of the reasoner that is sampled"),
        new("of.KEY", "", "a setting of that reasoner, for instance of.profile=mini"),
        new("temperature", "0.7", "sampling temperature where the solve is greedy or leaves it to the model"),
    ];

    public IReasoner Create(ReasonerSpec spec)
    {
        var settings = new SettingsReader(spec);
        var samples = settings.Int32("k", 8, 1, 10_000);
        var (isDefault, temperature) = (!settings.Has("temperature"), settings.Single("temperature", 0.7f, 0.01f, 10));
        var inner = Inner(settings, spec);
        settings.RefuseUnread();
        if (inner.Kind == Kind)
            throw new ArgumentException($"Reasoner '{spec}': a vote over votes is not supported. Set 'of' to another kind.", nameof(spec));
        var reader = host.Required<IAnswerReader>(
            "It reads the answers to compare: register one, for instance with services.AddCognitiveToolsEvals().");
        return new MajorityVote(Catalog.Make(inner), reader, samples, temperature, host.Time)
        {
            AtOnce = host.Batches ? Math.Min(samples, MostAtOnce) : 1,
            TemperatureIsDefault = isDefault,
        };
    }

    public ReasonerInputs InputsOf(ReasonerSpec spec) => Catalog.InputsOf(Inner(new SettingsReader(spec), spec));

    private ReasonerCatalog Catalog => host.Required<ReasonerCatalog>("Call services.AddCognitiveTools().");

    private static ReasonerSpec Inner(SettingsReader settings, ReasonerSpec spec) =>
        spec with { Kind = settings.Text("of", "cot"), Settings = settings.WithPrefix("of.") };
}
