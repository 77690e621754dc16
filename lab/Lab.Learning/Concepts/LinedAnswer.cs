using CognitiveTools.Lab.Learning.Data;

namespace CognitiveTools.Lab.Learning.Concepts;

/// <summary>What a solver wrote.</summary>
/// <param name="Lines">The lines, in tokens.</param>
/// <param name="Positions">Rows through a network: tokens read and written, concepts, queries.</param>
/// <param name="Multiplications">Multiplications with weights; those of attention with keys and values are left out.</param>
internal sealed record LinedAnswer(IReadOnlyList<IReadOnlyList<int>> Lines, long Positions, long Multiplications)
{
    /// <summary>Whether the last line is a problem's right answer.</summary>
    public bool IsRight(LinedProblem problem) => Lines.Count > 0 && Lines[^1].SequenceEqual(problem.Solution[^1]);
}
