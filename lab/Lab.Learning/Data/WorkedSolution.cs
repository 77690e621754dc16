namespace CognitiveTools.Lab.Learning.Data;

/// <summary>A worked solution cut into units.</summary>
/// <param name="Prompt">The conversation up to the solution, which asks for a chain of thought.</param>
/// <param name="Thinking">The same with the request for latent thoughts, and the mark that begins them.</param>
/// <param name="Units">Steps or primitives, in order.</param>
/// <param name="Answer">What stands behind the line break.</param>
internal sealed record WorkedSolution(int[] Prompt, int[] Thinking, IReadOnlyList<int[]> Units, int[] Answer);
