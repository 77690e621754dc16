namespace CognitiveTools.Reasoners;

/// <summary>What a reasoner made of a question: the text to read the answer from, the trace, and the bill.</summary>
/// <param name="Answer">
/// Text after the last observation or thought, in which the answer is to be looked for; empty when there is none.
/// </param>
/// <param name="Steps">The trace in order.</param>
/// <param name="Usage">Positions and time.</param>
/// <param name="Stop">Why it ended.</param>
public sealed record Reasoning(string Answer, IReadOnlyList<Step> Steps, Usage Usage, StopReason Stop)
{
    /// <summary>What went wrong when <see cref="Stop"/> is <see cref="StopReason.Failed"/>.</summary>
    public string? Error { get; init; }

    /// <summary>Names of the limits that were hit, for instance <c>toolCalls</c>, <c>callsPerTool:examine_answer</c>.</summary>
    public IReadOnlyList<string> LimitsHit { get; init; } = [];

    /// <summary>What a reader of the figures must know, for instance that the client reported no usage; empty when nothing.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
