using System.Text;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Exports;

/// <summary>Text from others in LaTeX: it reads as written and cannot become a command; line breaks become spaces.</summary>
internal static class LatexText
{
    /// <summary>A cell of a table, or any other stretch of one line; two spaces in front become an indent.</summary>
    public static string Cell(string cell)
    {
        var text = new StringBuilder();
        if (cell.StartsWith("  ", StringComparison.Ordinal))
            text.Append("\\quad ");
        foreach (var character in TerminalText.Line(cell.Trim().ReplaceLineEndings(" ")))
        {
            text.Append(character switch
            {
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{character}",
                '<' => "\\textless{}",
                '>' => "\\textgreater{}",
                '\\' => "\\textbackslash{}",
                '^' => "\\textasciicircum{}",
                '~' => "\\textasciitilde{}",
                _ => $"{character}",
            });
        }

        return text.ToString();
    }
}
