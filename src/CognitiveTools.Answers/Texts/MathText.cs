using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace CognitiveTools.Answers.Texts;

/// <summary>Turns LaTeX, markdown and unicode around a short answer into plain characters.</summary>
internal static class MathText
{
    /// <summary>Longest candidate that is looked at, in characters. Longer ones are not answers.</summary>
    public const int LongestCandidate = 4_096;

    private static readonly FrozenSet<string> Dropped = WordLists.Set("latex/plain-ignored");

    /// <summary>Plain form of a candidate: ASCII digits and minus, no wrappers, fractions as <c>a/b</c>.</summary>
    /// <returns>The plain form, or <see langword="null"/> when the candidate is too long.</returns>
    public static string? Plain(ReadOnlySpan<char> candidate)
    {
        if (candidate.Length > LongestCandidate)
            return null;
        var text = Ascii(candidate);
        var plain = new StringBuilder(text.Length);
        var slashes = new HashSet<int>();
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i = Command(text, i, plain, slashes);
                    break;
                case '}' when slashes.Contains(i):
                    plain.Append('/');
                    break;
                case '$' or '{' or '}' or '`' or '°':
                    break;
                case '^' when IsDegree(text, i):
                    break;
                case '*' when i + 1 < text.Length && text[i + 1] == '*':
                    i++; // markdown bold
                    break;
                default:
                    plain.Append(text[i]);
                    break;
            }
        }

        return Trimmed(plain.ToString());
    }

    /// <summary>Maps digits of every script to ASCII, every minus and dash to <c>-</c>, and drops invisible characters.</summary>
    public static string Ascii(ReadOnlySpan<char> text)
    {
        var mapped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii)
                mapped.Append((char)rune.Value);
            else if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
                mapped.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
            else
                mapped.Append(Replacement(rune));
        }

        return mapped.ToString();
    }

    private static string Replacement(Rune rune) => rune.Value switch
    {
        0x2212 or 0x2010 or 0x2011 or 0x2012 or 0x2013 or 0xFE63 or 0xFF0D => "-",
        0xFF0C => ",",
        0xFF0E => ".",
        0xFF1A => ":",
        0xFF1D => "=",
        0x2044 or 0x2215 => "/",
        0xD7 or 0x22C5 or 0xB7 => "*",
        0xA0 or 0x3000 => " ",
        0x2009 or 0x202F or 0x200A or 0x200B or 0x2060 or 0xFEFF => "",
        _ => rune.ToString(),
    };

    // Reads the command at index i and returns the index of its last character.
    private static int Command(string text, int i, StringBuilder plain, HashSet<int> slashes)
    {
        var end = i + 1;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
            end++;
        if (end == i + 1)
        {
            if (end < text.Length && text[end] is '%' or '{' or '}' or '\\')
                plain.Append(text[end]);
            return Math.Min(end, text.Length - 1); // \( \) \[ \] \, \! \; \$ and spaces vanish
        }

        var name = text[(i + 1)..end];
        switch (name)
        {
            case "frac" or "dfrac" or "tfrac" or "cfrac":
                return Fraction(text, end, plain, slashes);
            case "cdot" or "times":
                plain.Append('*');
                break;
            default:
                if (Dropped.Contains(name))
                    plain.Append(' ');
                else
                    plain.Append('\\').Append(name);
                break;
        }

        return end - 1;
    }

    private static int Fraction(string text, int end, StringBuilder plain, HashSet<int> slashes)
    {
        if (end >= text.Length)
            return text.Length - 1;
        if (text[end] != '{')
        {
            plain.Append(text[end]).Append('/'); // \frac12
            return end;
        }

        if (Braces.Closing(text, end) is var close and >= 0)
            slashes.Add(close);
        return end;
    }

    private static bool IsDegree(string text, int at)
    {
        var rest = text.AsSpan(at + 1).TrimStart(" {");
        return rest.StartsWith("\\circ", StringComparison.Ordinal) || rest.StartsWith("°", StringComparison.Ordinal);
    }

    private static string Trimmed(string text)
    {
        const string Ends = " \t\r\n.,;:!?*_'\"\u2018\u2019\u201C\u201D";
        var rest = text.AsSpan();
        while (true)
        {
            // A leading point may belong to ".5", a leading minus to the number.
            var trimmed = rest.TrimEnd(Ends).TrimStart(" \t\r\n,;:!?*_'\"\u2018\u2019\u201C\u201D");
            if (trimmed.Length > 1 && ((trimmed[0], trimmed[^1]) is ('(', ')') or ('[', ']')))
                trimmed = trimmed[1..^1];
            if (trimmed.Length == rest.Length)
                return trimmed.ToString();
            rest = trimmed;
        }
    }
}
