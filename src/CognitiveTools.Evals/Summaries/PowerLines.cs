using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Evals.Summaries;

/// <summary>Says how small a difference each comparison could have found, and what finding a smaller one would take.</summary>
internal static class PowerLines
{
    private const double Wanted = 0.05;

    public static IEnumerable<string> Of(IReadOnlyList<ArmSummary> arms, int samples)
    {
        foreach (var arm in arms)
        {
            if (arm.Comparison is not { } comparison)
                continue;
            var (difference, against) = (comparison.Difference, comparison.Against);
            if (!(difference.StandardError > 0))
            {
                yield return $"{arm.Name} vs {against}: no spread between {difference.Problems} problems, so power cannot be estimated; add problems.";
                continue;
            }

            var least = Statistics.Power.MinimalDetectableEffect(difference.StandardError);
            yield return FormattableString.Invariant($"{arm.Name} vs {against}: detects >= {100 * least:0.0} points at 80% power (n = {difference.Problems}){Advice(comparison, samples)}.");
        }
    }

    private static string Advice(ArmComparison comparison, int samples)
    {
        var (problems, error) = (comparison.Difference.Problems, comparison.Difference.StandardError);
        var more = Statistics.Power.ProblemsFor(problems, error, Wanted) - problems;
        if (more <= 0)
            return "";
        var instead = Statistics.Power.SamplesFor(samples, error, comparison.SamplingError, Wanted) is { } needed
            ? FormattableString.Invariant($" or {needed - samples} samples per problem")
            : samples > 1 ? " (more samples alone cannot)" : "";
        return FormattableString.Invariant($"; add {more} problems{instead} to detect {100 * Wanted:0} points");
    }
}
