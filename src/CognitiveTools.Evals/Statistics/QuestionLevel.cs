namespace CognitiveTools.Evals.Statistics;

/// <summary>
/// Accuracy over problems as a sample of problems that might have been asked (Miller 2024, arXiv 2411.00640): the mean of
/// per-problem means, with the spread between problems as its error. It covers sampling noise within problems too.
/// </summary>
internal static class QuestionLevel
{
    /// <summary>Accuracy with its interval.</summary>
    /// <param name="means">Per problem the share of correct samples, between 0 and 1.</param>
    /// <param name="samples">
    /// Samples per problem. With one, or where problems do not differ, the interval is Wilson's; otherwise Student's t.
    /// </param>
    /// <param name="confidence">Coverage between 0 and 1.</param>
    public static Estimate Accuracy(IReadOnlyList<double> means, int samples, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(means.Count, 1, nameof(means));
        var mean = means.Average();
        var error = StandardError(means);
        // A spread of zero says that the problems asked agree, not that accuracy is known exactly.
        if (samples == 1 || !(error > 0))
            return new Estimate(mean, error, Wilson.Of(Math.Clamp(mean * means.Count, 0, means.Count), means.Count, confidence), "Wilson");
        var half = Confidence.StudentQuantile(confidence, means.Count - 1) * error;
        return new Estimate(mean, error, new Interval(Math.Max(0, mean - half), Math.Min(1, mean + half)), "t");
    }

    /// <summary>Standard error of the mean of values from independent problems; NaN for fewer than two.</summary>
    public static double StandardError(IReadOnlyList<double> values) =>
        values.Count < 2 ? double.NaN : Math.Sqrt(Variance(values) / values.Count);

    /// <summary>Unbiased variance; NaN for fewer than two values.</summary>
    internal static double Variance(IReadOnlyList<double> values)
    {
        if (values.Count < 2)
            return double.NaN;
        var mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1);
    }
}
