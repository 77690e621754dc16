using System.Text;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Exports;

/// <summary>
/// Text from others in Markdown: it reads as written and cannot become markup, HTML or a picture that a reader's program would fetch.
/// </summary>
internal static class MarkdownText
{
    private const string Marks = "\\`*_[]|~$";

    /// <summary>A cell of a table, or any other stretch of one line; line breaks become spaces.</summary>
    public static string Cell(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in TerminalText.Line(text.Trim().ReplaceLineEndings(" ")).AsSpan())
        {
            escaped = c switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                _ when Marks.Contains(c, StringComparison.Ordinal) => escaped.Append('\\').Append(c),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }
}
