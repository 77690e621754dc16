using System.Text.Json.Serialization;
using CognitiveTools.Randomness;

namespace CognitiveTools.Evals.Statistics;

/// <summary>A p-value and how it was computed.</summary>
/// <param name="P">Two-sided p-value.</param>
/// <param name="Method">For instance <c>exact sign flip</c>.</param>
public readonly record struct TestResult(double P, [property: JsonPropertyName("test")] string Method);

/// <summary>
/// Paired permutation test: under the null hypothesis every problem's difference may as well have the other sign. Exact for up to
/// 40 problems that differ (all sign patterns are counted by dynamic programming over integer sums), seeded random flips
/// beyond. Problems without a difference cannot change the p-value.
/// </summary>
internal static class SignFlip
{
    /// <summary>Most differing problems for which every pattern is counted; 2^40 patterns fit a double exactly.</summary>
    public const int ExactLimit = 40;

    private const long LargestSum = 4_000_000;

    /// <summary>Random flips used when the exact count is out of reach.</summary>
    public const int Flips = 100_000;

    /// <summary>The two-sided p-value.</summary>
    /// <param name="differences">Differences on a common integer lattice, for instance c_B - c_A with equal sample counts.</param>
    /// <param name="seed">Seed of the random flips.</param>
    public static TestResult Test(IReadOnlyList<long> differences, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(differences);
        var sizes = differences.Where(d => d != 0).Select(Math.Abs).ToArray();
        var observed = Math.Abs(differences.Sum());
        var total = sizes.Sum();
        return sizes.Length <= ExactLimit && total <= LargestSum
            ? new TestResult(Exact(sizes, total, observed), "exact sign flip")
            : new TestResult(Sampled(sizes, observed, seed), $"sign flip, {Flips} random");
    }

    // ways[s] counts the patterns whose positive differences sum to s; the signed sum is then 2s - total.
    private static double Exact(long[] sizes, long total, long observed)
    {
        var ways = new double[total + 1];
        ways[0] = 1;
        long reached = 0;
        foreach (var size in sizes)
        {
            reached += size;
            for (var s = reached; s >= size; s--)
                ways[s] += ways[s - size];
        }

        var extreme = 0.0;
        for (long s = 0; s <= total; s++)
        {
            if (Math.Abs((2 * s) - total) >= observed)
                extreme += ways[s];
        }

        return extreme / Math.Pow(2, sizes.Length);
    }

    internal static double Sampled(long[] sizes, long observed, int seed)
    {
        var random = SeededRandom.Of(seed);
        var extreme = 0;
        for (var flip = 0; flip < Flips; flip++)
        {
            long sum = 0;
            var bits = 0UL;
            for (var i = 0; i < sizes.Length; i++)
            {
                if ((i & 63) == 0)
                    bits = random.NextBits();
                // Branch-free: mispredicted random bits took most of the time.
                var sign = -(long)(bits & 1);
                sum += (sizes[i] ^ sign) - sign;
                bits >>= 1;
            }

            if (Math.Abs(sum) >= observed)
                extreme++;
        }

        // The observed pattern counts as one of the draws, so that p is never 0.
        return (extreme + 1.0) / (Flips + 1.0);
    }
}
