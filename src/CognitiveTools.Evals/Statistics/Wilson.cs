using MathNet.Numerics.Distributions;

namespace CognitiveTools.Evals.Statistics;

/// <summary>The score interval of a proportion (Wilson 1927): valid for few problems, unlike the normal interval.</summary>
internal static class Wilson
{
    /// <summary>The interval; a mean over samples may make the successes fractional.</summary>
    public static Interval Of(double successes, int trials, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        if (!(successes >= 0 && successes <= trials))
            throw new ArgumentOutOfRangeException(nameof(successes), successes, $"Successes must lie between 0 and the {trials} trials.");
        var z = Confidence.NormalQuantile(confidence);
        var p = successes / trials;
        var z2 = z * z / trials;
        var center = (p + z2 / 2) / (1 + z2);
        var half = z / (1 + z2) * Math.Sqrt((p * (1 - p) / trials) + (z2 / (4 * trials)));
        // At the ends the bound is exactly 0 or 1; subtraction would leave 1e-18 there.
        return new Interval(successes == 0 ? 0 : Math.Max(0, center - half), successes == trials ? 1 : Math.Min(1, center + half));
    }
}

/// <summary>Two-sided quantiles.</summary>
internal static class Confidence
{
    public static double NormalQuantile(double confidence) => Normal.InvCDF(0, 1, Upper(confidence));

    public static double StudentQuantile(double confidence, int degrees) => StudentT.InvCDF(0, 1, degrees, Upper(confidence));

    private static double Upper(double confidence) =>
        confidence is > 0 and < 1
            ? 0.5 + (confidence / 2)
            : throw new ArgumentOutOfRangeException(
                nameof(confidence), confidence, "A confidence lies between 0 and 1, for instance 0.95.");
}
