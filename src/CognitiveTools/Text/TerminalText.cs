using System.Globalization;
using System.Text;

namespace CognitiveTools.Text;

/// <summary>
/// Text from others (models, files, names) made safe for a terminal: control characters, escape sequences above all, and
/// characters that turn the direction of writing are shown as <c>\u001b</c>, not obeyed. The form is JSON's, so printed JSON
/// stays the same JSON.
/// </summary>
public static class TerminalText
{
    private const int MostOfAnExcerpt = 120;

    /// <summary>Text of several lines; line feeds and tabs stay.</summary>
    public static string Block(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Escape(text.ReplaceLineEndings("\n"), keepLayout: true);
    }

    /// <summary>Text on one line; line feeds and tabs are shown too.</summary>
    public static string Line(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Escape(text, keepLayout: false);
    }

    /// <summary>A value quoted in a message: on one line, and cut with its length said when it is long.</summary>
    /// <param name="text">The value.</param>
    /// <param name="most">Characters kept.</param>
    public static string Excerpt(string text, int most = MostOfAnExcerpt)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= most)
            return Line(text);
        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return string.Create(CultureInfo.InvariantCulture, $"{Line(text[..end])}... ({text.Length:N0} characters)");
    }

    // Whether a terminal would obey the character instead of showing it, or show other text out of order because of it.
    private static bool IsObeyed(char c) => char.IsControl(c) || c
        is '\u061c' or '\u200e' or '\u200f' // marks of direction
        or (>= '\u2028' and <= '\u202e') // line and paragraph separators, embeddings and overrides
        or (>= '\u2066' and <= '\u206f') // isolates and deprecated format characters
        or (>= '\ufff9' and <= '\ufffb'); // interlinear annotations

    private static string Escape(string text, bool keepLayout)
    {
        var escaped = default(StringBuilder);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (!IsObeyed(c) || (keepLayout && c is '\n' or '\t'))
            {
                escaped?.Append(c);
                continue;
            }

            escaped ??= new StringBuilder(text, 0, i, text.Length + 16);
            escaped.Append(c switch { '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") });
        }

        return escaped?.ToString() ?? text;
    }
}
