namespace CognitiveTools.Evals.Statistics;

/// <summary>A mean with its uncertainty.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="StandardError">Its standard error; NaN when it cannot be estimated.</param>
/// <param name="Interval">Confidence interval; <see langword="null"/> when it cannot be estimated.</param>
/// <param name="Method">How the interval was made, for instance <c>Wilson</c>.</param>
public sealed record Estimate(double Mean, double StandardError, Interval? Interval, string Method);
