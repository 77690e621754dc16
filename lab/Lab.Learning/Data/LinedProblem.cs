namespace CognitiveTools.Lab.Learning.Data;

/// <summary>A problem as lines, each in tokens.</summary>
/// <param name="Prompt">The conversation up to the solution.</param>
/// <param name="Question">The lines of the question.</param>
/// <param name="Solution">The lines of the solution; the last one is the answer.</param>
/// <param name="Steps">Dependent steps.</param>
internal sealed record LinedProblem(
    IReadOnlyList<int> Prompt, IReadOnlyList<int[]> Question, IReadOnlyList<int[]> Solution, int Steps)
{
    /// <summary>All lines in order.</summary>
    public IEnumerable<int[]> Lines => Question.Concat(Solution);
}
