using System.Globalization;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Reading;

/// <summary>Removes what surrounds an answer and is not part of it.</summary>
internal static class CandidateText
{
    private const string Around = " \t\r\n*_`,;:~";
    private const int MostRounds = 12;
    private static readonly (string Open, string Close)[] Pairs =
        [("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]"), ("\"", "\""), ("“", "”"), ("``", "''"), ("‘", "’"), ("'", "'"),
            ("«", "»"), ("「", "」")];

    private static readonly string[] Endings =
        ["\\blacksquare", "\\square", "\\Box", "\\checkmark", "\\qed", "\\quad", "\\qquad", "\\hfill", "\\\\", "</b>", "</strong>",
            "</p>", "</div>", "<br>", "<br/>", "</center>", "[/b]"];

    /// <summary>A text without white space, markdown, the full stop and the dollar signs around it.</summary>
    public static string Trim(string text)
    {
        var trimmed = text.AsSpan().TrimStart(Around);
        if (trimmed is ['{', ..] && text.Length > trimmed.Length && text[^(trimmed.Length + 1)] == '_')
            trimmed = text.AsSpan(text.Length - trimmed.Length - 1); // "_{10}C_3"
        trimmed = trimmed.TrimEnd(Around + "\\");
        if (!trimmed.EndsWith("...", StringComparison.Ordinal))
            trimmed = trimmed.TrimEnd(Around + ".。\\");
        foreach (var (open, close) in Pairs.AsSpan(0, 4))
        {
            if (trimmed.Length >= open.Length + close.Length && trimmed.StartsWith(open, StringComparison.Ordinal)
                && trimmed[open.Length..].IndexOf(close, StringComparison.Ordinal) == trimmed.Length - open.Length - close.Length)
                return Trim(trimmed[open.Length..^close.Length].ToString());
        }

        return trimmed.ToString();
    }

    /// <summary>As <see cref="Trim"/>, and without quotes, ticks and emoji, the end of a proof, braces and marks of a label around
    /// it.</summary>
    public static string Bare(string text)
    {
        text = Bullets(text);
        for (var round = 0; round < MostRounds; round++)
        {
            var before = text;
            text = WithoutOrnaments(Trim(text));
            foreach (var (open, close) in Pairs)
            {
                if (text.Length > open.Length + close.Length && text.StartsWith(open, StringComparison.Ordinal)
                    && text.IndexOf(close, open.Length, StringComparison.Ordinal) == text.Length - close.Length)
                    text = text[open.Length..^close.Length];
            }

            if (text is ['<', .. var inside, '>'] && !inside.AsSpan().ContainsAny('<', '>') && !HasBareComma(inside))
                text = inside;
            if (text.StartsWith("\\\\ ", StringComparison.Ordinal) || text.StartsWith("\\ ", StringComparison.Ordinal))
                text = text[2..].TrimStart();
            text = WithoutOpenMarks(text);
            if (text == before)
                break;
        }

        return text;
    }

    // "<1,2>" is a vector.
    private static bool HasBareComma(string text)
    {
        var depth = 0;
        foreach (var character in text)
        {
            depth += character switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            if (character == ',' && depth == 0)
                return true;
        }

        return false;
    }

    // "- 3\n- 5" below a label is a list.
    private static string Bullets(string text)
    {
        if (!text.Contains('\n', StringComparison.Ordinal))
            return text;
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length > 1 && lines.Skip(1).All(l => AnswerBlock.BulletLength(l) > 0)
            ? string.Join(", ", lines.Select((l, i) => i == 0 ? l : l[AnswerBlock.BulletLength(l)..]))
            : text;
    }

    private static string WithoutOrnaments(string text)
    {
        foreach (var ending in Endings)
        {
            if (text.EndsWith(ending, StringComparison.Ordinal))
                return text[..^ending.Length].TrimEnd();
        }

        var end = text.Length;
        while (end > 0 && IsOrnament(text, end - 1))
            end--;
        return text[..end];
    }

    private static bool IsOrnament(string text, int at) => text[at] > 127
        && (char.IsSurrogate(text[at])
            ? CharUnicodeInfo.GetUnicodeCategory(text, char.IsLowSurrogate(text[at]) && at > 0 ? at - 1
                : at) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.Surrogate
            : ComposedText.IsVariation(text[at])
                || char.GetUnicodeCategory(text[at]) is UnicodeCategory.OtherSymbol or UnicodeCategory.Format
                    or UnicodeCategory.EnclosingMark
                && text[at] is not ('°' or '℃' or '℉'));

    // What a label opened and the answer closes: "12** Let me know", "12}".
    private static string WithoutOpenMarks(string text)
    {
        var bold = text.IndexOf("**", StringComparison.Ordinal);
        if (bold > 0 && text.IndexOf("**", bold + 2, StringComparison.Ordinal) < 0 && (bold + 2 == text.Length || text[bold + 2] == ' '))
            text = text[..bold];
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '{')
                depth++;
            else if (text[i] == '}' && --depth < 0)
                return text[..i] + (text.AsSpan(i + 1).Trim("} $\\)") is "" or ['.'] ? "" : text[(i + 1)..]);
        }

        return text;
    }
}
