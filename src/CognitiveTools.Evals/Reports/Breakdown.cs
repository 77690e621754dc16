using System.Globalization;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Evals.Reports;

/// <summary>Accuracy of every arm by something that problems or samples carry, with a note for the reader that may be empty.</summary>
internal sealed record Breakdown(string By, string Note, IReadOnlyList<BreakdownRow> Rows)
{
    private const string AboutDifficulty =
        "Difficulty is what the problem file gives: a level, or for generated problems the number of steps.";

    private const string AboutCalls =
        "Shares of samples, without an interval. Hard problems draw more calls, so this is not an effect of calling.";

    /// <summary>Every breakdown that has at least two groups.</summary>
    public static IEnumerable<Breakdown> Of(ReportSource source)
    {
        Breakdown[] all =
        [
            ByProblem(source, "topic", "", p => p.Topic),
            ByProblem(source, "difficulty", AboutDifficulty, p => p.Difficulty),
            ByProblem(source, "year", "", p => ContestYear.Of(p)?.Year.ToString(CultureInfo.InvariantCulture)),
            ByProblem(source, "cluster", "Problems of one cluster share a contest or a template.", p => p.Cluster),
            ByCalls(source),
        ];
        return all.Where(b => b.Rows.Count > 1);
    }

    private static Breakdown ByProblem(ReportSource source, string by, string note, Func<Problem, string?> key)
    {
        var samples = source.Run.Header.Suite.Samples;
        var groups = source.Problems.ToDictionary(p => p.Id, key, StringComparer.Ordinal);
        var rows = source.Run.Units
            .Where(u => groups[u.Problem] is not null)
            .GroupBy(u => groups[u.Problem]!, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering))
            .Select(group => new BreakdownRow(
                group.Key,
                group.DistinctBy(u => u.Problem).Count(),
                ByArm(source, group, units => Accuracy(units, samples))));
        return new Breakdown(by, note, [.. rows]);
    }

    // Samples of one problem are not independent, so an interval over samples would be too narrow; it is left out.
    private static Breakdown ByCalls(ReportSource source)
    {
        var rows = source.Run.Units
            .GroupBy(u => u.Calls.Count)
            .OrderBy(g => g.Key)
            .Select(group => new BreakdownRow(
                group.Key.ToString(CultureInfo.InvariantCulture),
                group.DistinctBy(u => u.Problem).Count(),
                ByArm(source, group, units => new Estimate(Share(units), double.NaN, null, "none"))));
        return new Breakdown("tool calls made", AboutCalls, [.. rows]);
    }

    private static Estimate?[] ByArm(ReportSource source, IEnumerable<UnitRecord> units, Func<IEnumerable<UnitRecord>, Estimate> estimate)
    {
        var cells = new Estimate?[source.ArmIndex.Count];
        foreach (var arm in units.GroupBy(u => u.Arm, StringComparer.Ordinal))
            cells[source.ArmIndex[arm.Key]] = estimate(arm);
        return cells;
    }

    private static Estimate Accuracy(IEnumerable<UnitRecord> units, int samples) =>
        QuestionLevel.Accuracy([.. units.GroupBy(u => u.Problem, StringComparer.Ordinal).Select(Share)], samples);

    private static double Share(IEnumerable<UnitRecord> units) => units.Average(u => u.Status == SampleStatus.Correct ? 1.0 : 0.0);
}

/// <summary>One group of a breakdown; the accuracies are in the order of the table, null where an arm has no sample.</summary>
internal sealed record BreakdownRow(string Name, int Problems, IReadOnlyList<Estimate?> Arms);
