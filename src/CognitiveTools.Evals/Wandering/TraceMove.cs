namespace CognitiveTools.Evals.Wandering;

/// <summary>What a line did: the fault and the fault in words, or for a right move the goal that it reached, if any.</summary>
internal readonly record struct TraceMove(TraceFaultKind? Fault, string Reason, string? Goal = null)
{
    public static TraceMove Right { get; } = new(null, "");

    public static TraceMove Reaches(string goal) => new(null, "", goal);

    public static TraceMove Wrong(TraceFaultKind fault, string reason) => new(fault, reason);
}
