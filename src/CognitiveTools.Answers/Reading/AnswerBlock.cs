using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Reading;

/// <summary>Finds an answer that has lines of its own: display mathematics, a block of code, a list, or the next line.</summary>
internal static class AnswerBlock
{
    private const string Around = " \t*_`:：$#>";
    private static readonly (string Open, string Close)[] Blocks =
    [
        ("\\[", "\\]"), ("$$", "$$"), ("```", "```"), ("\\begin{align*}", "\\end{align*}"), ("\\begin{align}", "\\end{align}"),
            ("\\begin{aligned}", "\\end{aligned}"),
        ("\\begin{equation*}", "\\end{equation*}"), ("\\begin{equation}", "\\end{equation}"), ("\\begin{gather*}", "\\end{gather*}"),
            ("\\begin{gather}", "\\end{gather}"),
        ("\\begin{center}", "\\end{center}"), ("\\begin{displaymath}", "\\end{displaymath}"), ("\\(", "\\)"),
    ];

    /// <summary>Whether there is more than marks here.</summary>
    public static bool HasContent(ReadOnlySpan<char> content) => content.Trim(Around).Length > 0
        && content.Trim(Around) is not ("\\[" or "\\(" or "\\]" or "\\)" or "}" or "\\\\");

    /// <summary>Whether a block begins here and does not end on this line.</summary>
    public static bool Opens(ReadOnlySpan<char> content)
    {
        content = content.TrimStart(" \t*_:：>");
        foreach (var (open, close) in Blocks)
        {
            if (content.StartsWith(open, StringComparison.Ordinal))
                return content[open.Length..].IndexOf(close, StringComparison.Ordinal) < 0;
        }

        return false;
    }

    /// <summary>The content of the block at an index; marks and white space before the block are skipped.</summary>
    public static MarkedText? At(string text, int from)
    {
        while (from < text.Length && (char.IsWhiteSpace(text[from]) || text[from] is '*' or '_' or ':' or '：' or '>'))
            from++;
        foreach (var (open, close) in Blocks)
        {
            if (string.CompareOrdinal(text, from, open, 0, open.Length) != 0)
                continue;
            var start = from + open.Length;
            var length = text.AsSpan(start, Math.Min(text.Length - start, MathText.LongestCandidate))
                .IndexOf(close, StringComparison.Ordinal);
            if (length < 0)
                return null;
            if (open == "```" && text.AsSpan(start, length).IndexOf('\n') is var newline and >= 0 and < 20)
                (start, length) = (start + newline + 1, length - newline - 1); // the language's name
            return HasContent(text.AsSpan(start, length)) ? new MarkedText(text.Substring(start, length), start + length, Loose: true)
                : null;
        }

        return null;
    }

    /// <summary>The text below a line that ends at an index: a block, a list, or a line.</summary>
    public static MarkedText? Below(string text, int end)
    {
        var start = NextLine(text, end);
        if (start < text.Length && IsRule(Line(text, start)))
            start = NextLine(text, start + Line(text, start).Length); // "Answer" over "======"
        if (start == text.Length)
            return null;
        if (At(text, start) is { } block)
            return block;
        var line = Line(text, start);
        var marks = BulletLength(line);
        if (line.Length > MathText.LongestCandidate || !HasContent(line[marks..]))
            return null;
        var stop = start + line.Length;
        if (marks > 0)
            stop = ListEnd(text, stop);
        return new MarkedText(text[(start + marks)..stop], stop, Loose: marks > 0 || line[marks..].Length < 80);
    }

    /// <summary>The length of <c>- </c>, <c>* </c>, <c>&gt; </c>, <c>1. </c> or the like with its spaces at a line's beginning; 0 when
    /// something else is there.</summary>
    public static int BulletLength(ReadOnlySpan<char> line)
    {
        var at = line.Length - line.TrimStart(" \t").Length;
        while (at + 1 < line.Length && line[at] is '-' or '*' or '+' or '>' or '•' or '–' or '·' && line[at + 1] == ' ')
            at += 1 + line[(at + 1)..].Length - line[(at + 1)..].TrimStart(' ').Length;
        var digits = at;
        while (digits < line.Length && digits - at < 3 && char.IsAsciiDigit(line[digits]))
            digits++;
        if (digits > at && digits + 2 < line.Length && line[digits] is '.' or ')' && line[digits + 1] == ' ')
            return digits + 2;
        return at;
    }

    private static int ListEnd(string text, int end)
    {
        for (var items = 0; items < 20 && end < text.Length; items++)
        {
            var next = end + 1;
            if (next < text.Length && text[end] == '\r' && text[next] == '\n')
                next++;
            var line = Line(text, Math.Min(next, text.Length));
            if (BulletLength(line) == 0 || BulletLength(line) == line.Length)
                return end;
            end = next + line.Length;
        }

        return end;
    }

    private static bool IsRule(ReadOnlySpan<char> line) => line.Trim().Length >= 3 && line.Trim().TrimStart("=-*_").Length == 0;

    private static ReadOnlySpan<char> Line(string text, int start)
    {
        var rest = text.AsSpan(start);
        var end = rest.IndexOfAny('\n', '\r');
        return end < 0 ? rest : rest[..end];
    }

    private static int NextLine(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        while (at > 0 && at < text.Length && text[at - 1] is ' ' or '\t')
            at--;
        return at;
    }
}
