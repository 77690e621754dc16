using System.Numerics;

namespace CognitiveTools.Lab.Problems.Templates;

/// <summary>Exact arithmetic that the answer functions share; null stands for "no problem with these numbers".</summary>
internal static class ExactArithmetic
{
    /// <summary>m + n for the fraction in lowest terms; null beyond 999.</summary>
    public static int? SumOfTerms(BigInteger numerator, BigInteger denominator) =>
        Small((numerator + denominator) / BigInteger.GreatestCommonDivisor(numerator, denominator));

    /// <summary>The quotient if it is an integer from 0 to 999.</summary>
    public static int? Quotient(BigInteger dividend, BigInteger divisor) =>
        (dividend % divisor).IsZero ? Small(dividend / divisor) : null;

    public static int? Small(BigInteger value) => value >= 0 && value <= 999 ? (int)value : null;

    public static int Gcd(int a, int b) => b == 0 ? Math.Abs(a) : Gcd(b, a % b);

    public static BigInteger Binomial(int n, int k)
    {
        if (k < 0 || k > n)
            return 0;
        var value = BigInteger.One;
        for (var i = 1; i <= k; i++)
            value = value * (n - k + i) / i;
        return value;
    }

    /// <summary>The square root if it is an integer.</summary>
    public static int? Root(long square)
    {
        var root = (long)Math.Round(Math.Sqrt(square));
        return root * root == square ? (int)root : null;
    }

    /// <summary>Prime factors with their exponents, ascending.</summary>
    public static List<(int Prime, int Exponent)> Factor(int n)
    {
        var factors = new List<(int, int)>();
        for (var prime = 2; prime * prime <= n; prime++)
        {
            var exponent = 0;
            for (; n % prime == 0; n /= prime)
                exponent++;
            if (exponent > 0)
                factors.Add((prime, exponent));
        }

        if (n > 1)
            factors.Add((n, 1));
        return factors;
    }
}
