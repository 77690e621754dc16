using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Statistics;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;
using CountsByProblem = System.Collections.Generic.Dictionary<string, (int Correct, int Samples)>;

namespace CognitiveTools.Evals.Summaries;

/// <summary>Computes the rows of the headline table.</summary>
internal static class ArmTable
{
    public static IReadOnlyList<ArmSummary> Of(RunResult run)
    {
        var suite = run.Header.Suite;
        var baseline = suite.BaselineArm.Name;
        var units = run.Units.ToLookup(u => u.Arm, StringComparer.Ordinal);
        var counts = suite.Arms.ToDictionary(a => a.Name, a => Counts(units[a.Name]), StringComparer.Ordinal);
        var rows = suite.Arms.Select(a => Row(a, [.. units[a.Name]], counts[a.Name], suite)).ToArray();
        var compared = Compare(rows.Where(r => r.ControlOf is null), _ => baseline, counts, suite.Seed)
            .Concat(Compare(rows.Where(r => r.ControlOf is not null), r => r.ControlOf!, counts, suite.Seed))
            .ToDictionary(r => r.Name, StringComparer.Ordinal);
        return [.. Ordered(rows).Select(r => compared[r.Name])];
    }

    /// <summary>Mean over problems of the share of correct samples, per arm with finished units; controls are left out.</summary>
    public static IEnumerable<(string Arm, double Accuracy)> Accuracies(RunResult run)
    {
        var units = run.Units.ToLookup(u => u.Arm, StringComparer.Ordinal);
        return run.Header.Suite.Arms.Where(a => a.ControlOf is null && units.Contains(a.Name))
            .Select(a => (a.Name, Counts(units[a.Name]).Values.Average(p => (double)p.Correct / p.Samples)));
    }

    private static CountsByProblem Counts(IEnumerable<UnitRecord> units) =>
        units.GroupBy(u => u.Problem, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (g.Count(u => u.Status == SampleStatus.Correct), g.Count()), StringComparer.Ordinal);

    private static ArmSummary Row(Arm arm, UnitRecord[] units, CountsByProblem problems, Suite suite)
    {
        UnitRecord[] answered = [.. units.Where(u => !u.Missing)];
        double[] means = [.. problems.Values.Select(p => (double)p.Correct / p.Samples)];
        return new ArmSummary
        {
            Name = arm.Name,
            Reasoner = arm.Reasoner.ToString(),
            ControlOf = arm.ControlOf,
            Units = units.Length,
            Problems = problems.Count,
            Accuracy = means.Length == 0 ? null : QuestionLevel.Accuracy(means, suite.Samples),
            SamplingError = means.Length == 0 ? double.NaN : SamplingOnly.StandardError([.. problems.Values]),
            ClusteredError = ErrorOverClusters(units, problems),
            Sampled = suite.Samples < 2 || means.Length == 0 ? [] : Sampled(units, suite),
            Correct = units.Count(u => u.Status == SampleStatus.Correct),
            Incorrect = units.Count(u => u.Status == SampleStatus.Incorrect),
            NoAnswer = units.Count(u => u.Status == SampleStatus.NoAnswer),
            Truncated = units.Count(u => u.Status == SampleStatus.Truncated),
            Errors = units.Count(u => u.Status == SampleStatus.Error),
            Conflicts = units.Count(u => u.Conflict),
            GoldSeenUnextracted = units.Count(u => u.GoldSeenUnextracted),
            GoldConcluded = units.Count(u => u.GoldConcluded),
            Missing = units.Count(u => u.Missing),
            UsageUnknown = units.Count(u => u.Usage.Incomplete),
            UsageMissing = units.Count(u => u.Usage.IsMissing),
            MedianPositions = MedianKnown(answered, usage => usage.Positions),
            MedianVisibleTokens = MedianKnown(answered, usage => usage.Generated - usage.ThoughtTokens),
            MedianThoughtTokens = answered.Any(u => u.Usage.AllThoughtTokens > 0)
                ? MedianKnown(answered, usage => usage.AllThoughtTokens)
                : 0,
            MedianSeconds = Median([.. answered.Select(u => u.Ms / 1000)]),
        };
    }

    private static double ErrorOverClusters(UnitRecord[] units, CountsByProblem problems)
    {
        var clusters = units.Where(u => u.Cluster is not null).DistinctBy(u => u.Problem)
            .ToDictionary(u => u.Problem, u => u.Cluster!, StringComparer.Ordinal);
        return clusters.Count == 0 ? double.NaN : ClusteredError.Of(
            [.. problems.Select(p => (clusters.GetValueOrDefault(p.Key, p.Key), (double)p.Value.Correct / p.Value.Samples))]);
    }

    private static IReadOnlyList<SampledFigures> Sampled(UnitRecord[] units, Suite suite) => SampledFigures.Of(
        [.. units.GroupBy(u => u.Problem, StringComparer.Ordinal).Select(g => AnswerCounts.Of(g, suite.Answers.AreSame))], suite.Samples);

    // One family of comparisons: Holm's correction runs over all that could be made.
    private static ArmSummary[] Compare(
        IEnumerable<ArmSummary> rows, Func<ArmSummary, string> against, Dictionary<string, CountsByProblem> counts, int seed)
    {
        var family = rows.Select(r => (Row: r, Against: against(r))).ToArray();
        var differences = family
            .Select(f => f.Row.Name == f.Against ? null : Difference(counts[f.Against], counts[f.Row.Name], seed))
            .ToArray();
        var adjusted = new Queue<double>(Holm.Adjust([.. differences.OfType<PairedDifference>().Select(d => d.Test.P)]));
        return [.. family.Zip(differences, (f, d) => d is null ? f.Row : f.Row with
        {
            Comparison = new ArmComparison(
                f.Against, d, SamplingError(counts[f.Against], counts[f.Row.Name]), AdjustedP: adjusted.Dequeue()),
        })];
    }

    private static double SamplingError(CountsByProblem first, CountsByProblem second)
    {
        string[] common = [.. first.Keys.Where(second.ContainsKey)];
        var a = SamplingOnly.StandardError([.. common.Select(p => first[p])]);
        var b = SamplingOnly.StandardError([.. common.Select(p => second[p])]);
        return Math.Sqrt((a * a) + (b * b));
    }

    private static PairedDifference? Difference(CountsByProblem first, CountsByProblem second, int seed)
    {
        PairedCounts[] pairs = [.. first.Where(p => second.ContainsKey(p.Key))
            .Select(p => new PairedCounts(p.Value.Correct, p.Value.Samples, second[p.Key].Correct, second[p.Key].Samples))];
        return pairs.Length == 0 ? null : PairedDifference.Of(pairs, seed);
    }

    private static IEnumerable<ArmSummary> Ordered(ArmSummary[] rows)
    {
        foreach (var row in rows.Where(r => r.ControlOf is null))
        {
            yield return row;
            foreach (var control in Controls(row.Name))
                yield return control;
        }

        // A control of a control follows its arm.
        IEnumerable<ArmSummary> Controls(string name) =>
            rows.Where(r => r.ControlOf == name).SelectMany(r => Controls(r.Name).Prepend(r));
    }

    /// <summary>The median of a part of the bill over the units of which it is known.</summary>
    internal static double MedianKnown(IEnumerable<UnitRecord> units, Func<Usage, long> part) =>
        Median([.. units.Select(u => u.Usage.Known(part)).OfType<long>().Select(value => (double)value)]);

    private static double Median(double[] values)
    {
        if (values.Length == 0)
            return double.NaN;
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
