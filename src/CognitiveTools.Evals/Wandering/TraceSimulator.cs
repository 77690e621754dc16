namespace CognitiveTools.Evals.Wandering;

/// <summary>
/// A simulator that follows a trace line by line. After a faulty line it continues from what the line claims, as far as that
/// makes sense, so that one slip counts once.
/// </summary>
internal abstract class TraceSimulator
{
    /// <summary>The answer that the lines so far support.</summary>
    public abstract int Conclusion { get; }

    /// <summary>Makes the move of a line. The line differs from the one before it.</summary>
    public abstract TraceMove Step(TraceLine line);

    /// <summary>What the trace should have dealt with and has not, in words.</summary>
    public abstract IEnumerable<string> Omitted();

    /// <summary>A line whose verb or arguments the task does not know.</summary>
    protected static TraceMove Unknown(TraceLine line) =>
        TraceMove.Wrong(TraceFaultKind.BoundaryViolation, $"{line.Text} is not a move of this task.");
}
