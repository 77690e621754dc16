using CognitiveTools.Answers.Reading;

namespace CognitiveTools.Evals.Problems;

/// <summary>Finds the final answer in a worked solution of a data set.</summary>
internal static class WorkedSolution
{
    /// <summary>The text after the last <c>####</c>, as GSM8K writes answers; null if the text has none.</summary>
    public static string? AfterHashes(string text)
    {
        var at = text.LastIndexOf("####", StringComparison.Ordinal);
        if (at < 0)
            return null;
        var answer = text[(at + 4)..].Trim();
        return answer.Length == 0 ? null : answer;
    }

    /// <summary>The content of the last <c>\boxed{...}</c>; null if the text has none.</summary>
    public static string? LastBoxed(string text) => BoxedText.Last(text) is { } boxed ? boxed.Content.Trim() : null;
}
