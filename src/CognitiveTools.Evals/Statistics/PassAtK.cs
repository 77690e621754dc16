namespace CognitiveTools.Evals.Statistics;

/// <summary>
/// Unbiased estimates, from n samples of one problem of which c are correct, of what k samples would show. NaN when k exceeds the
/// samples: a smaller k is never substituted.
/// </summary>
internal static class PassAtK
{
    /// <summary>Chance that at least one of k samples is correct (Chen et al. 2021, arXiv 2107.03374).</summary>
    public static double Any(int samples, int correct, int k)
    {
        Check(samples, correct, k);
        if (k > samples)
            return double.NaN;
        if (samples - correct < k)
            return 1;
        var none = 1.0;
        for (var i = samples - correct + 1; i <= samples; i++)
            none *= 1.0 - ((double)k / i);
        return 1 - none;
    }

    /// <summary>Chance that all of k samples are correct (pass^k).</summary>
    public static double All(int samples, int correct, int k) => AtLeast(samples, correct, k, 1);

    /// <summary>Chance that at least the given share (above 0, at most 1) of k samples is correct (G-Pass@k).</summary>
    public static double AtLeast(int samples, int correct, int k, double share)
    {
        Check(samples, correct, k);
        if (!(share is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies above 0 and up to 1.");
        if (k > samples)
            return double.NaN;

        // 0.3 * 10 is a hair above 3; the tolerance keeps such a product from asking for one more.
        var least = (int)Math.Ceiling((share * k) - 1e-9);
        var sum = 0.0;
        for (var j = least; j <= Math.Min(k, correct); j++)
            sum += BinomialCoefficient.Of(correct, j) * BinomialCoefficient.Of(samples - correct, k - j)
                / BinomialCoefficient.Of(samples, k);
        return Math.Min(1, sum);
    }

    private static void Check(int samples, int correct, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples, BinomialCoefficient.Largest);
        ArgumentOutOfRangeException.ThrowIfNegative(correct);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(correct, samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
    }
}
