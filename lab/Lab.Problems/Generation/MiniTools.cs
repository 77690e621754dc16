namespace CognitiveTools.Lab.Problems.Generation;

/// <summary>Names of the four cognitive tools, as the loop's calls spell them.</summary>
internal static class MiniTools
{
    public const string Understand = "understand_question";
    public const string Recall = "recall_related";
    public const string Examine = "examine_answer";
    public const string Backtrack = "backtracking";

    public static IReadOnlyList<string> All { get; } = [Understand, Recall, Examine, Backtrack];
}
