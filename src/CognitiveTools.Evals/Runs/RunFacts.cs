using System.Text.Json;
using System.Text.Json.Serialization;
using CognitiveTools.Answers.Reading;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Identity;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Runs;

/// <summary>
/// Everything apart from the suite and the problems that decides a run's results: toolkit, answer rules, and for every arm what its
/// reasoner answers with. A run is resumed, and a cached unit used, only with equal facts. Differences are found in the JSON of
/// this record, so a property that is added is compared from then on.
/// </summary>
internal sealed record RunFacts
{
    /// <summary>Version of this library, with its commit.</summary>
    public required string Toolkit { get; init; }

    /// <summary>How answers are read.</summary>
    public required AnswerFacts Answers { get; init; }

    /// <summary>The different identities of the run's reasoners; arms on one host and profile share one.</summary>
    public required IReadOnlyList<ReasonerIdentity> Reasoners { get; init; }

    /// <summary>For every arm by name, its place in <see cref="Reasoners"/>; empty for a run of graded responses.</summary>
    public required IReadOnlyDictionary<string, int> Arms { get; init; }

    /// <summary>Facts that the toolkit cannot see and the host gave (<see cref="RunOptions.Facts"/>).</summary>
    public IReadOnlyDictionary<string, string> Given { get; init; } = SortedFacts.None;

    /// <summary>The first model, for tables; <see langword="null"/> when no host named one.</summary>
    [JsonIgnore]
    public ModelIdentity? Model => Reasoners.SelectMany(reasoner => reasoner.Models).FirstOrDefault();

    /// <summary>The identity of an arm's reasoner; <see langword="null"/> without one.</summary>
    public ReasonerIdentity? Of(string arm) => Arms.TryGetValue(arm, out var place) ? Reasoners[place] : null;

    /// <summary>Collects the facts from the hosts of a suite's arms. Loads a model, and reads its file, where necessary.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="reasoners">The reasoners on an arm's model.</param>
    /// <param name="given">Facts that the toolkit cannot see.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">An arm's kind or profile is unknown.</exception>
    /// <exception cref="IOException">A file that decides results cannot be read.</exception>
    public static async Task<RunFacts> CollectAsync(
        Suite suite,
        Func<Arm, ReasonerCatalog> reasoners,
        IReadOnlyDictionary<string, string>? given = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(reasoners);
        var identities = new List<ReasonerIdentity>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var arms = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var arm in suite.Arms)
        {
            var identity = await reasoners(arm).IdentifyAsync(arm.Reasoner, cancellationToken);
            var text = JsonSerializer.Serialize(identity, RunFormat.Line<ReasonerIdentity>());
            if (places.TryAdd(text, identities.Count))
                identities.Add(identity);
            arms.Add(arm.Name, places[text]);
        }

        return Without(suite.Answers, given) with { Reasoners = identities, Arms = arms };
    }

    /// <summary>The facts of a run that no reasoner of this toolkit made.</summary>
    internal static RunFacts Without(IAnswerKind answers, IReadOnlyDictionary<string, string>? given) => new()
    {
        Toolkit = EvalRun.ToolkitVersion,
        Answers = new(answers.Name, answers.Version),
        Reasoners = [],
        Arms = new Dictionary<string, int>(StringComparer.Ordinal),
        Given = SortedFacts.Of(given ?? SortedFacts.None),
    };

    /// <summary>The part that decides the units of one arm, in one line of JSON.</summary>
    internal string TextOf(string arm)
    {
        RunFacts own = this with
        {
            Reasoners = Of(arm) is { } identity ? [identity] : [],
            Arms = new Dictionary<string, int>(StringComparer.Ordinal),
        };
        return own.Text();
    }

    /// <summary>All of it in one line of JSON; equal facts give equal texts.</summary>
    internal string Text() => JsonSerializer.Serialize(this, RunFormat.Line<RunFacts>());
}
