using MathNet.Numerics.Distributions;

namespace CognitiveTools.Evals.Statistics;

/// <summary>
/// The exact test for two arms with one sample per problem: only problems that one arm solves and the other does not count.
/// </summary>
internal static class McNemar
{
    /// <summary>The two-sided exact (binomial) p-value.</summary>
    /// <param name="better">Problems that only the second arm solves.</param>
    /// <param name="worse">Problems that only the first arm solves.</param>
    public static double Exact(int better, int worse)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(better);
        ArgumentOutOfRangeException.ThrowIfNegative(worse);
        var discordant = better + worse;
        return better == worse ? 1 : Math.Min(1, 2 * Binomial.CDF(0.5, discordant, Math.Min(better, worse)));
    }
}
