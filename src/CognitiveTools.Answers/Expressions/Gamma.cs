namespace CognitiveTools.Answers.Expressions;

/// <summary>The gamma function, by Lanczos' approximation (g = 7, n = 9): what a factorial of a variable is between whole
/// numbers.</summary>
internal static class Gamma
{
    private static readonly double[] Coefficients =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>Gamma of x + 1, which is x! for whole x; NaN at its poles, infinite where it is too big.</summary>
    public static double OfOnePlus(double x)
    {
        if (double.IsInteger(x) && x is >= 0 and <= 170)
            return Enumerable.Range(1, (int)x).Aggregate(1.0, (product, factor) => product * factor);
        if (x < -0.5)
            return double.IsInteger(x) ? double.NaN : Math.PI / (Math.Sin(Math.PI * (x + 1)) * OfOnePlus(-x - 1)); // reflection
        var sum = Coefficients[0];
        for (var i = 1; i < Coefficients.Length; i++)
            sum += Coefficients[i] / (x + i);
        var t = x + 7.5;
        return Math.Sqrt(2 * Math.PI) * Math.Pow(t, x + 0.5) * Math.Exp(-t) * sum;
    }
}
