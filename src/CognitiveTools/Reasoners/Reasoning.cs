namespace CognitiveTools.Reasoners;

/// <summary>The result of a solve: the text with the answer, the trace, and the usage.</summary>
/// <param name="Answer">
/// The text after the last observation or thought, which contains the answer; may be empty.
/// </param>
/// <param name="Steps">The trace in order.</param>
/// <param name="Usage">Positions and time.</param>
/// <param name="Stop">Why it ended.</param>
public sealed record Reasoning(string Answer, IReadOnlyList<Step> Steps, Usage Usage, StopReason Stop)
{
    /// <summary>What went wrong when <see cref="Stop"/> is <see cref="StopReason.Failed"/>.</summary>
    public string? Error { get; init; }

    /// <summary>The exception behind <see cref="Error"/>, where there is one; it is not stored.</summary>
    internal Exception? Cause { get; init; }

    /// <summary>Names of the limits that were hit, for instance <c>toolCalls</c>, <c>callsPerTool:examine_answer</c>.</summary>
    public IReadOnlyList<string> LimitsHit { get; init; } = [];

    /// <summary>Remarks on the figures, for instance that the client reported no usage.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
