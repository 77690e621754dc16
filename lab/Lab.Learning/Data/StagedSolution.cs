namespace CognitiveTools.Lab.Learning.Data;

/// <summary>A worked solution cut into stages, each of which one thinking token may stand for.</summary>
/// <param name="Prompt">The conversation up to the solution.</param>
/// <param name="Asking">The same with the request to write out the stage of a thinking token.</param>
/// <param name="Stages">The stages' texts in order, without their line breaks.</param>
/// <param name="Answer">What stands behind the stages.</param>
internal sealed record StagedSolution(int[] Prompt, int[] Asking, IReadOnlyList<int[]> Stages, int[] Answer);
