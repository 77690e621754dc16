using System.Globalization;
using System.Text;

namespace CognitiveTools.Text;

/// <summary>
/// Text from others (models, files, names) made safe for a terminal: control characters, escape sequences above all, and
/// format characters, which turn the direction of writing or cannot be seen, are shown as <c>\u001b</c>, not obeyed. The form is JSON's, so
/// printed JSON
/// stays the same JSON.
/// </summary>
internal static class TerminalText
{
    private const int MostOfAnExcerpt = 120, ZeroWidthNonJoiner = 0x200c, ZeroWidthJoiner = 0x200d;

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

    // Whether a terminal would obey the character instead of showing it, show other text out of order because of it, or show
    // nothing: such characters hide text in a name. In a text of several lines the two joiners stay; some scripts and emoji need them.
    private static bool IsHidden(Rune rune, bool keepLayout) => rune.Value switch
    {
        '\n' or '\t' or ZeroWidthNonJoiner or ZeroWidthJoiner => !keepLayout,
        >= 0xE0000 and <= 0xE007F => true, // tags, and the unassigned places among them
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };

    private static string Escape(string text, bool keepLayout)
    {
        var escaped = default(StringBuilder);
        for (int i = 0, length; i < text.Length; i += length)
        {
            var isRune = Rune.TryGetRuneAt(text, i, out var rune); // else half a pair, which stays as it is
            length = isRune ? rune.Utf16SequenceLength : 1;
            if (!isRune || !IsHidden(rune, keepLayout))
            {
                escaped?.Append(text, i, length);
                continue;
            }

            escaped ??= new StringBuilder(text, 0, i, text.Length + 16);
            foreach (var c in text.AsSpan(i, length))
                escaped.Append(
                    c switch
                    {
                        '\n' => "\\n",
                        '\r' => "\\r",
                        '\t' => "\\t",
                        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")
                    });
        }

        return escaped?.ToString() ?? text;
    }
}
