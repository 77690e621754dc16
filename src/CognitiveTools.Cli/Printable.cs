using System.Text;

namespace CognitiveTools.Cli;

/// <summary>
/// Model text made safe for a terminal: control characters (escape sequences above all) are shown, not obeyed.
/// </summary>
internal static class Printable
{
    /// <summary>Text of several lines; line feeds and tabs stay.</summary>
    public static string Text(string text) => Escape(text.ReplaceLineEndings("\n"), keepLayout: true);

    /// <summary>Text on one line.</summary>
    public static string Line(string text) => Escape(text, keepLayout: false);

    private static string Escape(string text, bool keepLayout)
    {
        if (!text.Any(char.IsControl))
            return text;

        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (!char.IsControl(c) || (keepLayout && c is '\n' or '\t'))
                escaped.Append(c);
            else
                escaped.Append(c switch { '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", _ => $"\\x{(int)c:x2}" });
        }

        return escaped.ToString();
    }
}
