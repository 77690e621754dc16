using CognitiveTools.Answers.Reading;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Evals.Summaries;

/// <summary>Computes the rows of the headline table.</summary>
internal static class ArmTable
{
    public static IReadOnlyList<ArmSummary> Of(RunResult run)
    {
        var suite = run.Header.Suite;
        var units = run.Units.ToLookup(u => u.Arm, StringComparer.Ordinal);
        var counts = suite.Arms.ToDictionary(a => a.Name, a => Counts(units[a.Name]), StringComparer.Ordinal);
        var rows = suite.Arms.Select(a => Row(a, [.. units[a.Name]], counts[a.Name], suite)).ToArray();
        var compared = Compare(rows.Where(r => r.ControlOf is null), _ => suite.Baseline, counts, suite.Seed)
            .Concat(Compare(rows.Where(r => r.ControlOf is not null), r => r.ControlOf!, counts, suite.Seed))
            .ToDictionary(r => r.Name, StringComparer.Ordinal);
        return [.. Ordered(rows).Select(r => compared[r.Name])];
    }

    /// <summary>Mean over problems of the share of correct samples, per arm that is no control and has finished units.</summary>
    public static IEnumerable<(string Arm, double Accuracy)> Accuracies(RunResult run)
    {
        var units = run.Units.ToLookup(u => u.Arm, StringComparer.Ordinal);
        return run.Header.Suite.Arms.Where(a => a.ControlOf is null && units.Contains(a.Name))
            .Select(a => (a.Name, Counts(units[a.Name]).Values.Average(p => (double)p.Correct / p.Samples)));
    }

    private static Dictionary<string, (int Correct, int Samples)> Counts(IEnumerable<UnitRecord> units) =>
        units.GroupBy(u => u.Problem, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (g.Count(u => u.Status == SampleStatus.Correct), g.Count()), StringComparer.Ordinal);

    private static ArmSummary Row(
        ArmSnapshot arm, UnitRecord[] units, Dictionary<string, (int Correct, int Samples)> problems, SuiteSnapshot suite)
    {
        UnitRecord[] answered = [.. units.Where(u => !u.Missing)];
        var samples = suite.Samples;
        var areSame = AnswerKinds.Equality(suite.Answers);
        double[] means = [.. problems.Values.Select(p => (double)p.Correct / p.Samples)];
        var clusters = units.Where(u => u.Cluster is not null).DistinctBy(u => u.Problem).ToDictionary(u => u.Problem, u => u.Cluster!, StringComparer.Ordinal);
        return new ArmSummary
        {
            Name = arm.Name,
            Reasoner = arm.Reasoner,
            ControlOf = arm.ControlOf,
            Units = units.Length,
            Problems = problems.Count,
            Accuracy = means.Length == 0 ? null : QuestionLevel.Accuracy(means, samples),
            SamplingError = means.Length == 0 ? double.NaN : SamplingOnly.StandardError([.. problems.Values]),
            ClusteredError = clusters.Count == 0 ? double.NaN : ClusteredError.Of([.. problems.Select(p => (clusters.GetValueOrDefault(p.Key, p.Key), (double)p.Value.Correct / p.Value.Samples))]),
            Sampled = samples < 2 || means.Length == 0 ? [] : SampledFigures.Of([.. units.GroupBy(u => u.Problem, StringComparer.Ordinal).Select(g => AnswerCounts.Of(g, areSame))], samples),
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
            MedianVisibleTokens = MedianKnown(answered, usage => usage.Generated),
            MedianSeconds = Median([.. answered.Select(u => u.Ms / 1000)]),
        };
    }

    // One family of comparisons: Holm's correction runs over all that could be made.
    private static ArmSummary[] Compare(
        IEnumerable<ArmSummary> rows,
        Func<ArmSummary, string> against,
        Dictionary<string, Dictionary<string, (int Correct, int Samples)>> counts,
        int seed)
    {
        var family = rows.Select(r => (Row: r, Against: against(r))).ToArray();
        var differences = family.Select(f => f.Row.Name == f.Against ? null : Difference(counts[f.Against], counts[f.Row.Name], seed)).ToArray();
        var adjusted = new Queue<double>(Holm.Adjust([.. differences.OfType<PairedDifference>().Select(d => d.Test.P)]));
        return [.. family.Zip(differences, (f, d) => d is null ? f.Row : f.Row with { Comparison = new ArmComparison(f.Against, d, adjusted.Dequeue(), SamplingError(counts[f.Against], counts[f.Row.Name])) })];
    }

    private static double SamplingError(
        Dictionary<string, (int Correct, int Samples)> first, Dictionary<string, (int Correct, int Samples)> second)
    {
        string[] common = [.. first.Keys.Where(second.ContainsKey)];
        var (a, b) = (SamplingOnly.StandardError([.. common.Select(p => first[p])]), SamplingOnly.StandardError([.. common.Select(p => second[p])]));
        return Math.Sqrt((a * a) + (b * b));
    }

    private static PairedDifference? Difference(
        Dictionary<string, (int Correct, int Samples)> first, Dictionary<string, (int Correct, int Samples)> second, int seed)
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
    internal static double MedianKnown(IEnumerable<UnitRecord> units, Func<UnitUsage, long> part) =>
        Median([.. units.Select(u => u.Usage.Known(part)).OfType<long>().Select(value => (double)value)]);

    internal static double Median(double[] values)
    {
        if (values.Length == 0)
            return double.NaN;
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
