namespace CognitiveTools.Evals.Statistics;

/// <summary>
/// The error of the same problems in new runs. It is what papers print as "±" and says nothing about other problems.
/// </summary>
internal static class SamplingOnly
{
    /// <summary>Standard error of accuracy from counts per problem; NaN when a problem has fewer than two samples.</summary>
    public static double StandardError(IReadOnlyList<(int Correct, int Samples)> problems)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(problems.Count, 1, nameof(problems));
        var sum = 0.0;
        foreach (var (correct, samples) in problems)
        {
            if (samples < 2)
                return double.NaN;
            var mean = (double)correct / samples;
            sum += mean * (1 - mean) / (samples - 1);
        }

        return Math.Sqrt(sum) / problems.Count;
    }
}
