namespace CognitiveTools.Evals.Reports;

/// <summary>How much a report may carry.</summary>
internal sealed record ReportOptions
{
    /// <summary>
    /// Most bytes of packed transcripts in the page, in their stored form (deflated, base64). What does not fit is left out,
    /// and the page says so and where it is.
    /// </summary>
    /// <value>16 MiB, with which a page still opens at once.</value>
    public long TranscriptBytes { get; init; } = 16L << 20;
}
