using System.Text.Json.Serialization;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Statistics;
using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Evals.Comparisons;

/// <summary>Two runs, or two arms of one, compared problem by problem.</summary>
/// <param name="Rows">The pairs of arms.</param>
/// <param name="Warnings">What to know before reading them.</param>
internal sealed record RunComparison(
    [property: JsonPropertyName("pairs")] IReadOnlyList<ComparedArms> Rows, IReadOnlyList<string> Warnings)
{
    [JsonInclude]
    [JsonPropertyName("v")]
    [JsonPropertyOrder(-1)]
    internal int Version { get; } = 1;

    /// <summary>Compares arms of two runs. Holm's correction runs over all the pairs.</summary>
    /// <param name="first">The run of the first arms.</param>
    /// <param name="second">The run of the second arms; may be the same run.</param>
    /// <param name="arms">The pairs; <see langword="null"/> pairs every arm that both runs have with itself.</param>
    /// <exception cref="ArgumentException">An arm is not in its run, or there is nothing to pair.</exception>
    public static RunComparison Of(RunResult first, RunResult second, IReadOnlyList<(string First, string Second)>? arms = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var pairs = arms ?? [.. Names(first).Intersect(Names(second), StringComparer.Ordinal).Select(name => (name, name))];
        if (pairs.Count == 0)
        {
            throw new ArgumentException(
                $"The runs share no arm. First: {string.Join(", ", Names(first))}. Second: {string.Join(", ", Names(second))}. "
                + "Name pairs, for instance --arms direct=cot.");
        }

        var (left, right) = (Units(first), Units(second));
        var seed = first.Header.Suite.Seed;
        var rows = pairs.Select(pair => Compare(pair, Counts(left, pair.First, first), Counts(right, pair.Second, second), seed)).ToArray();
        var adjusted = Holm.Adjust([.. rows.Select(r => r.Difference.Test.P)]);
        return new RunComparison([.. rows.Zip(adjusted, (row, p) => row with { AdjustedP = p })], [.. Warn(first, second)]);
    }

    private static IEnumerable<string> Names(RunResult run) => run.Header.Suite.Arms.Select(a => a.Name);

    private static ILookup<string, UnitRecord> Units(RunResult run) => run.Units.ToLookup(u => u.Arm, StringComparer.Ordinal);

    // Pairing by id and reference answer: an id alone may name another problem in another set.
    private static Dictionary<(string Problem, string Gold), UnitRecord[]> Counts(
        ILookup<string, UnitRecord> units, string arm, RunResult run) =>
        units.Contains(arm)
            ? units[arm].GroupBy(u => (u.Problem, u.Gold)).ToDictionary(g => g.Key, g => g.ToArray())
            : throw new ArgumentException(
                $"The run in '{run.Directory}' has no finished unit of the arm '{arm}'. "
                + $"Arms of its suite: {string.Join(", ", Names(run))}.",
                nameof(arm));

    private static ComparedArms Compare(
        (string First, string Second) arms,
        Dictionary<(string Problem, string Gold), UnitRecord[]> first,
        Dictionary<(string Problem, string Gold), UnitRecord[]> second,
        int seed)
    {
        var common = first.Keys.Where(second.ContainsKey).ToArray();
        if (common.Length == 0)
        {
            throw new ArgumentException(
                $"'{arms.First}' and '{arms.Second}' have no problem in common (paired by id and reference answer).", nameof(arms));
        }

        PairedCounts[] pairs = [.. common.Select(key => Pair(first[key], second[key]))];
        return new ComparedArms
        {
            First = arms.First,
            Second = arms.Second,
            FirstAccuracy = pairs.Average(p => (double)p.FirstCorrect / p.FirstSamples),
            SecondAccuracy = pairs.Average(p => (double)p.SecondCorrect / p.SecondSamples),
            FirstPositions = ArmTable.MedianKnown(common.SelectMany(key => first[key]), usage => usage.Positions),
            SecondPositions = ArmTable.MedianKnown(common.SelectMany(key => second[key]), usage => usage.Positions),
            Difference = PairedDifference.Of(pairs, seed),
            LeftOut = first.Count + second.Count - (2 * common.Length),
            Gained = [.. common.Where((_, i) => pairs[i].Difference > 0).Select(key => key.Problem)],
            Lost = [.. common.Where((_, i) => pairs[i].Difference < 0).Select(key => key.Problem)],
        };
    }

    private static PairedCounts Pair(UnitRecord[] first, UnitRecord[] second) =>
        new(Right(first), first.Length, Right(second), second.Length);

    private static int Right(UnitRecord[] units) => units.Count(u => u.Status == SampleStatus.Correct);

    private static IEnumerable<string> Warn(RunResult first, RunResult second)
    {
        foreach (var run in new[] { first, second }.DistinctBy(r => r.Directory).Where(r => !r.Complete))
            yield return $"Run '{run.Header.Id}' is partial: {run.Units.Count} of {run.Header.Planned} units.";
        var (a, b) = (first.Header.Suite, second.Header.Suite);
        if (first.Header.ProblemsHash != second.Header.ProblemsHash)
            yield return "The runs' problem sets differ; only problems with the same id and reference answer are paired.";
        if (Rules(a) != Rules(b))
            yield return $"Answers were read by different rules ({Rules(a)}, {Rules(b)}). Regrade one of the runs.";
        if (a.Budget != b.Budget)
            yield return $"The budgets differ ({a.Budget}, {b.Budget}).";
        if (a.Temperature != b.Temperature)
            yield return $"The temperatures differ ({a.TemperatureText}, {b.TemperatureText}).";

        static string Rules(Suites.Suite suite) => $"{suite.Answers.Name} v{suite.AnswersVersion}";
    }
}
