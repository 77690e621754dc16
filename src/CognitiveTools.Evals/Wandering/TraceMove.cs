namespace CognitiveTools.Evals.Wandering;

/// <summary>What a line did.</summary>
/// <param name="Fault">What was wrong with it; <see langword="null"/> for a right move.</param>
/// <param name="Reason">The fault in words.</param>
/// <param name="Goal">The goal that it reached; <see langword="null"/> without one.</param>
internal readonly record struct TraceMove(TraceFaultKind? Fault, string Reason, string? Goal = null)
{
    public static TraceMove Right { get; } = new(null, "");

    public static TraceMove Reaches(string goal) => new(null, "", goal);

    public static TraceMove Wrong(TraceFaultKind fault, string reason) => new(fault, reason);
}
