using System.Text.RegularExpressions;

namespace CognitiveTools.Reasoners;

/// <summary>The line by which a model gives its final answer: <c>ANSWER: ...</c>.</summary>
public static partial class AnswerMarker
{
    /// <summary>The marker as prompts show it.</summary>
    public const string Text = "ANSWER:";

    /// <summary>
    /// Finds the first line that gives a final answer: <c>ANSWER:</c> in capitals at the line's beginning, but for
    /// Markdown marks and the word <c>FINAL</c>, with something behind it that is not the prompts' placeholder.
    /// </summary>
    /// <returns>The index of the line's first character, or -1.</returns>
    public static int IndexOf(string text)
    {
        var match = Line().Match(text);
        return match.Success ? match.Index : -1;
    }

    [GeneratedRegex(@"^[ \t>*_#`\-]*(?:FINAL[ \t]+)?ANSWER[ \t*_`]*:[ \t*_`]*(?!<answer>)[^\s*_`]", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Line();
}
