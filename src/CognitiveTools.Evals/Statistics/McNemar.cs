using MathNet.Numerics.Distributions;

namespace CognitiveTools.Evals.Statistics;

/// <summary>
/// The exact test for two arms with one sample per problem: only problems that one arm solves and the other does not count.
/// </summary>
internal static class McNemar
{
    /// <summary>The two-sided exact (binomial) p-value from the problems that only the second or only the first arm solves.</summary>
    public static double Exact(int better, int worse)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(better);
        ArgumentOutOfRangeException.ThrowIfNegative(worse);
        var discordant = better + worse;
        return better == worse ? 1 : Math.Min(1, 2 * Binomial.CDF(0.5, discordant, Math.Min(better, worse)));
    }
}
