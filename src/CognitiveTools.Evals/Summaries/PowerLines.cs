using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Evals.Summaries;

/// <summary>Says how small a difference each comparison could have found, and what finding a smaller one would take.</summary>
internal static class PowerLines
{
    private const double Wanted = 0.05;
    private const double Everything = 1; // accuracies differ by 100 points at most

    public static IEnumerable<string> Of(IReadOnlyList<ArmSummary> arms, int samples)
    {
        var compared = arms.Where(arm => arm.Comparison is not null).ToArray();
        foreach (var arm in compared.Where(arm => Least(arm) < Everything))
        {
            var (difference, against) = (arm.Comparison!.Difference, arm.Comparison.Against);
            yield return FormattableString.Invariant(
                $"{arm.Name} vs {against}: detects >= {100 * Least(arm):0.0} points at 80% power (n = {difference.Problems})")
                + $"{Advice(arm.Comparison, samples)}.";
        }

        if (compared.Where(arm => Least(arm) >= Everything).ToArray() is [var first, ..] blind)
            yield return $"{Problems(first)} are too few to detect any difference of {Names(blind)}; add problems.";
        if (compared.Where(arm => double.IsNaN(Least(arm))).ToArray() is [var same, ..] even)
            yield return $"No spread between {Problems(same)} in {Names(even)}, so power cannot be estimated; add problems.";
    }

    // NaN when the problems show no spread.
    private static double Least(ArmSummary arm) => arm.Comparison!.Difference.StandardError is var error && error > 0
        ? PowerAnalysis.MinimalDetectableEffect(error)
        : double.NaN;

    private static string Problems(ArmSummary arm) => arm.Comparison!.Difference.Problems is 1 and var one
        ? $"{one} problem"
        : FormattableString.Invariant($"{arm.Comparison.Difference.Problems} problems");

    private static string Names(IEnumerable<ArmSummary> arms) =>
        string.Join(", ", arms.Select(arm => $"{arm.Name} vs {arm.Comparison!.Against}"));

    private static string Advice(ArmComparison comparison, int samples)
    {
        var (problems, error) = (comparison.Difference.Problems, comparison.Difference.StandardError);
        var more = PowerAnalysis.ProblemsFor(problems, error, Wanted) - problems;
        if (more <= 0)
            return "";
        var instead = PowerAnalysis.SamplesFor(samples, error, comparison.SamplingError, Wanted) is { } needed
            ? FormattableString.Invariant($" or {needed - samples} samples per problem")
            : samples > 1 ? " (more samples alone cannot)" : "";
        return FormattableString.Invariant($"; add {more} problems{instead} to detect {100 * Wanted:0} points");
    }
}
