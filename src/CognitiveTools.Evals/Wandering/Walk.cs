namespace CognitiveTools.Evals.Wandering;

/// <summary>
/// A simulator that follows a trace line by line. After a faulty line it goes on from what the line claims, as far as that
/// makes sense, so that one slip counts once.
/// </summary>
internal abstract class Walk
{
    /// <summary>The answer that the lines so far support.</summary>
    public abstract int Conclusion { get; }

    /// <summary>Makes the move of a line. The line differs from the one before it.</summary>
    public abstract Move Step(TraceLine line);

    /// <summary>What the trace should have dealt with and has not, in words.</summary>
    public abstract IEnumerable<string> Omitted();

    /// <summary>A line whose verb or arguments the task does not know.</summary>
    protected static Move Unknown(TraceLine line) => Move.Wrong(TraceFaultKind.BoundaryViolation, $"{line.Text} is no move of this task.");
}
