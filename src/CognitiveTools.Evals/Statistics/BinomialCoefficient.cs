namespace CognitiveTools.Evals.Statistics;

/// <summary>Binomial coefficients as doubles.</summary>
internal static class BinomialCoefficient
{
    /// <summary>Largest n for which no coefficient overflows a double.</summary>
    public const int Largest = 1_000;

    public static double Of(int n, int k)
    {
        if (k < 0 || k > n)
            return 0;
        var value = 1.0;
        for (var i = 1; i <= Math.Min(k, n - k); i++)
            value *= (double)(n - Math.Min(k, n - k) + i) / i;
        return value;
    }
}
