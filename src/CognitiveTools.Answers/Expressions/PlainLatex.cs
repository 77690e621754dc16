using System.Globalization;
using System.Text;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <summary>Turns characters beyond ASCII into the commands they stand for, and two backslashes into the one that was meant.</summary>
internal static class PlainLatex
{
    /// <summary>The text in ASCII and LaTeX commands. Linear in the text.</summary>
    public static string Of(string text)
    {
        if (text.Trim() is ['`', '`', .. var quoted, '\'', '\''])
            text = quoted;
        var ascii = MathText.Ascii(text).Replace("...", "\\dots ", StringComparison.Ordinal);
        var mapped = new StringBuilder(ascii.Length);
        var once = !ascii.Contains("\\begin", StringComparison.Ordinal); // in a matrix two backslashes end a row
        for (var at = 0; at < ascii.Length; at++)
        {
            var character = ascii[at];
            if (once && character == '\\' && at + 2 < ascii.Length && ascii[at + 1] == '\\' && EscapedTwice(ascii, at + 2))
                continue;
            if (character < 128)
                mapped.Append(character);
            else if (Shifted(ascii, ref at, Vocabulary.Superscripts) is { } above)
                mapped.Append("^{").Append(above).Append('}');
            else if (Shifted(ascii, ref at, Vocabulary.Subscripts) is { } below)
                mapped.Append("_{").Append(below).Append('}');
            else if (Vocabulary.Characters.TryGetValue(character.ToString(), out var command))
                mapped.Append(command.Length > 1 ? $" {command} " : command);
            else if (!char.IsSurrogate(character) && !IsOrnament(character))
                mapped.Append(character);
        }

        return mapped.ToString();
    }

    private static bool IsOrnament(char character) => ComposedText.IsVariation(character)
        || char.GetUnicodeCategory(character) is UnicodeCategory.OtherSymbol or UnicodeCategory.Format;

    private static bool EscapedTwice(string text, int at)
    {
        var end = at;
        while (end < text.Length && end - at < 24 && char.IsAsciiLetter(text[end]))
            end++;
        return end > at && Vocabulary.IsCommand(text[at..end]);
    }

    // A run of small characters as ordinary ones.
    private static string? Shifted(string text, ref int at, string small)
    {
        if (!small.Contains(text[at], StringComparison.Ordinal))
            return null;
        var run = new StringBuilder();
        while (at < text.Length && small.IndexOf(text[at], StringComparison.Ordinal) is var index and >= 0)
        {
            run.Append(Vocabulary.Lowered[index]);
            at++;
        }

        at--;
        return run.ToString();
    }
}
