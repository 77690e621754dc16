using MathNet.Numerics.Distributions;

namespace CognitiveTools.Evals.Statistics;

/// <summary>
/// What a comparison can see (normal approximation). Errors are those of the paired difference, <c>power</c> is the chance of finding a
/// difference, <c>alpha</c> the two-sided significance level.
/// </summary>
internal static class PowerAnalysis
{
    /// <summary>
    /// The smallest true difference that a comparison with this standard error finds with the given power:
    /// (z[1-alpha/2] + z[power]) x standard error.
    /// </summary>
    public static double MinimalDetectableEffect(double standardError, double power = 0.8, double alpha = 0.05)
    {
        if (!(standardError >= 0))
            throw new ArgumentOutOfRangeException(nameof(standardError), standardError, "A standard error is a number of at least 0.");
        return Factor(power, alpha) * standardError;
    }

    /// <summary>Problems needed to find a given difference when problems vary as they did so far.</summary>
    public static long ProblemsFor(int problems, double standardError, double effect, double power = 0.8, double alpha = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(problems, 1);
        if (!(effect > 0))
            throw new ArgumentOutOfRangeException(nameof(effect), effect, "The difference to find must be above 0.");
        var ratio = MinimalDetectableEffect(standardError, power, alpha) / effect;
        return (long)Math.Ceiling(problems * ratio * ratio);
    }

    /// <summary>
    /// Samples per problem needed, on the same problems, to find a given difference. The error splits into a part between
    /// problems, which stays, and one of sampling, which shrinks with the root of the samples (Miller 2024, arXiv 2411.00640).
    /// </summary>
    /// <returns>The samples in all; <see langword="null"/> when no number of samples suffices or the sampling part is unknown.</returns>
    public static long? SamplesFor(
        int samples, double standardError, double samplingError, double effect, double power = 0.8, double alpha = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        if (!(effect > 0))
            throw new ArgumentOutOfRangeException(nameof(effect), effect, "The difference to find must be above 0.");
        var wanted = effect / Factor(power, alpha);
        var sampling = samplingError * samplingError;
        var between = Math.Max(0, (standardError * standardError) - sampling);
        var room = (wanted * wanted) - between;
        return room > 0 && !double.IsNaN(sampling) ? (long)Math.Ceiling(samples * sampling / room) : null;
    }

    private static double Factor(double power, double alpha)
    {
        if (!(power is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(power), power, "A power lies between 0 and 1, for instance 0.8.");
        if (!(alpha is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "A level lies between 0 and 1, for instance 0.05.");
        return Normal.InvCDF(0, 1, 1 - (alpha / 2)) + Normal.InvCDF(0, 1, power);
    }
}
