using CognitiveTools.Chat;

namespace CognitiveTools.Reasoners;

/// <summary>
/// Self-consistency (Wang and others 2022, arXiv 2203.11171): solves a question several times with derived seeds and returns a
/// sample with the most frequent answer; of equals, the first. The positions of all other samples are counted as discarded. Samples
/// without an answer do not vote. Each sample has the whole budget except for the wall time, which all share: after it is spent no
/// further sample begins, and the finished samples decide. With <see cref="AtOnce"/> above 1, samples begin in groups
/// (<see cref="StartGroup"/>), and the observer gets the steps of the chosen one when all have ended.
/// </summary>
/// <param name="inner">The reasoner to sample.</param>
/// <param name="reader">Reads the answers to compare.</param>
/// <param name="samples">Number of samples.</param>
/// <param name="temperature">
/// Sampling temperature for solves that are greedy, whose samples would all be equal, or that leave the temperature to the model.
/// </param>
/// <param name="time">The clock; the system's when <see langword="null"/>.</param>
internal sealed class MajorityVote(
    IReasoner inner, IAnswerReader reader, int samples, float temperature = 0.7f, TimeProvider? time = null) : IReasoner
{
    private readonly int _samples = samples > 0 ? samples
        : throw new ArgumentOutOfRangeException(nameof(samples), samples, "A vote needs at least one sample.");
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Samples that begin together; the next ones begin when these have ended.</summary>
    /// <value>
    /// The default is 1. Larger values are faster when the model decodes
    /// requests together (<see cref="ChatCapabilities.Batches"/>).
    /// </value>
    public int AtOnce { get; init; } = 1;

    /// <summary>Whether nobody asked for the temperature (<see cref="SolveOptions.TemperatureIsDefault"/>).</summary>
    public bool TemperatureIsDefault { get; init; }

    /// <inheritdoc/>
    public async Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var record = new SolveRecord(options, _time);
        var results = new List<(Reasoning Reasoning, string? Answer)>();
        while (results.Count < _samples && !IsSpent())
        {
            foreach (var reasoning in await Task.WhenAll(BeginSamples(results.Count)))
                results.Add((reasoning, reader.Read(reasoning.Answer)));
        }

        var timedOut = IsSpent();

        var (winner, votes) = AnswerVote.Count([.. results.Select(r => r.Answer)], reader.AreSame);
        var chosen = results[winner].Reasoning;
        if (AtOnce > 1)
        {
            foreach (var step in chosen.Steps)
                options.Observer?.Report(step);
        }

        return chosen with
        {
            Steps = [.. chosen.Steps, .. results.Select((r, i) => new Branch(i, r.Reasoning.Answer, i == winner))],
            Usage = Bill(chosen, results.Select(r => r.Reasoning)) with { Elapsed = record.Elapsed },
            LimitsHit = timedOut ? [.. chosen.LimitsHit.Union(["wallTime"], StringComparer.Ordinal)] : chosen.LimitsHit,
            Notes = [.. results.SelectMany(r => r.Reasoning.Notes).Distinct(StringComparer.Ordinal), Tally(votes, results)],
        };

        bool IsSpent() => record.TimeLeft <= TimeSpan.Zero;

        List<Task<Reasoning>> BeginSamples(int first)
        {
            var begun = new List<Task<Reasoning>>();
            using var group = AtOnce > 1 ? StartGroup.Begin() : null;
            for (var i = first; i < Math.Min(_samples, first + AtOnce) && (begun.Count == 0 || !IsSpent()); i++)
                begun.Add(inner.SolveAsync(question, SampleOf(i), cancellationToken));
            return begun;
        }

        SolveOptions SampleOf(int index) => options with
        {
            Seed = Seeds.Derive(options.Seed, index),
            Temperature = options.Temperature > 0 ? options.Temperature : temperature,
            TemperatureIsDefault = options.Temperature > 0 ? options.TemperatureIsDefault : TemperatureIsDefault,
            Budget = options.Budget with { WallTime = record.TimeLeft },
            Observer = AtOnce > 1 ? null : options.Observer,
            TextObserver = TextLabel.OfSample(options.TextObserver, index),
        };
    }

    private static Usage Bill(Reasoning chosen, IEnumerable<Reasoning> all)
    {
        var losers = all.Where(r => !ReferenceEquals(r, chosen)).Aggregate(Usage.None, (sum, r) => sum + r.Usage);
        return chosen.Usage with
        {
            Discarded = chosen.Usage.Discarded + losers.Positions,
            Cached = chosen.Usage.Cached + losers.Cached,
            Incomplete = chosen.Usage.Incomplete || losers.Incomplete,
        };
    }

    private string Tally(int votes, List<(Reasoning Reasoning, string? Answer)> results) =>
        $"{votes} of {results.Count} samples agreed, {results.Count(r => r.Answer is null)} gave no answer, {_samples - results.Count} "
            + "were not begun";
}
