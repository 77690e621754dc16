namespace CognitiveTools.Lab.Bench.Traffic;

/// <summary>Result of a traffic measurement.</summary>
/// <param name="Model">The model file.</param>
/// <param name="Threads">Threads used.</param>
/// <param name="Options">Sizes.</param>
/// <param name="Elapsed">Time until the last answer.</param>
/// <param name="Decodes">Decodes of the engine.</param>
/// <param name="Positions">Positions forwarded.</param>
/// <param name="Waits">The callers.</param>
internal sealed record TrafficReport(
    string Model, int Threads, TrafficOptions Options, TimeSpan Elapsed, long Decodes, long Positions,
    IReadOnlyList<CallerWaits> Waits)
{
    /// <summary>How many times the mean any wait may be.</summary>
    public const double Limit = 5;

    /// <summary>Mean wait over all requests of all callers, in decodes.</summary>
    public double MeanWait => Waits.Sum(static w => w.Waited) / (double)Waits.Sum(static w => w.Requests);

    /// <summary>The caller with the longest wait.</summary>
    public CallerWaits Longest => Waits.MaxBy(static w => w.Longest)!;

    /// <summary>The longest wait in mean waits; 0 if no caller waited.</summary>
    public double Ratio => Longest.Longest == 0 ? 0 : Longest.Longest / MeanWait;

    /// <summary>Whether no caller waited longer than <see cref="Limit"/> times the mean.</summary>
    public bool IsFair => Ratio <= Limit;
}
