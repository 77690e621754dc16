namespace CognitiveTools.Answers.Reading;

/// <summary>What prompts show in the place of an answer, and models repeat: <c>...</c>, <c>$ANSWER</c>, <c>&lt;answer&gt;</c>.</summary>
internal static class AnswerPlaceholder
{
    private static readonly string[] Shown =
        ["", "...", "…", "\\dots", "\\ldots", "\\cdots", "?", "answer", "your answer", "the answer", "final answer", "your final answer",
            "the final answer", "number", "result", "value", "\\text answer", "\\cdot"];

    /// <summary>Whether a candidate is a placeholder.</summary>
    public static bool Is(string text) =>
        text.Length < 40 && text.Trim().Trim('$', '<', '>', '[', ']', '{', '}', '*', '_', '`', '"', ' ', '(', ')')
            .Replace("text{", "text ", StringComparison.Ordinal).Trim('}', ' ', ':', '.') is var bare
        && (Shown.Contains(bare, StringComparer.OrdinalIgnoreCase) || (bare.Length == 0 && text.Trim() is not "."));
}
