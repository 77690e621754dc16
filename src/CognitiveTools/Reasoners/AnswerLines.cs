namespace CognitiveTools.Reasoners;

/// <summary>
/// The one rule for what an answer line is, used by the loop, by contracts of tools and by scorers: a label (<c>Answer</c>,
/// <c>Final answer</c>, the same in other languages) at a line's beginning, after marks that say nothing (bullets, emoji,
/// brackets, numbers of a list, commands that only set type), and a colon, an equals sign or a dash behind it, or brackets or
/// bold face around it, or nothing else on the line. <c>####</c> on the last line is a label too (GSM8K); elsewhere it is a heading. Time
/// is linear in the text.
/// </summary>
internal static class AnswerLines
{
    private const string Marks = " \t*_`~\"'";
    private const int LongestPrefix = 64;

    private static readonly string[] Labels =
    [
        "the final answer", "final answer", "the answer", "my answer", "answer", "ans", "最终答案", "答案", "答え", "정답",
        "réponse", "respuesta", "antwort", "resposta", "risposta", "ответ",
    ];

    private static readonly string[] HtmlTags = ["b", "strong", "p", "em", "i", "u", "div", "span", "center", "h1", "h2", "h3", "h4", "li"];

    /// <summary>The answer lines, in order.</summary>
    public static IEnumerable<AnswerLine> Find(string text)
    {
        for (var start = 0; start <= text.Length;)
        {
            var length = text.AsSpan(start).IndexOfAny('\n', '\r');
            var end = length < 0 ? text.Length : start + length;
            if (Read(text.AsSpan(start, end - start), text.AsSpan(end)) is var (offset, asPrompted))
                yield return new AnswerLine(start, start + offset, BeforeTag(text, start + offset, end), asPrompted);
            start = end + 1;
        }
    }

    /// <summary>Whether the line says anything behind its label that is not the prompts' placeholder.</summary>
    public static bool SaysSomething(string text, AnswerLine line)
    {
        var content = text.AsSpan(line.Content, line.End - line.Content).Trim(" \t*_`:$\r");
        return content.Length > 0 && !content.StartsWith("<answer>", StringComparison.OrdinalIgnoreCase);
    }

    // "<answer>12</answer>"
    private static int BeforeTag(string text, int content, int end) =>
        text.AsSpan(content, end - content).IndexOf("</", StringComparison.Ordinal) is var tag and >= 0 ? content + tag : end;

    private static (int Offset, bool AsPrompted)? Read(ReadOnlySpan<char> line, ReadOnlySpan<char> rest)
    {
        if (Labelled(line) is { } labelled)
            return labelled;
        var hashes = line.TrimStart();
        return hashes.StartsWith("####", StringComparison.Ordinal) && hashes[4..].TrimStart() is [not '#', ..] content
            && rest.IsWhiteSpace()
            ? (line.Length - content.Length, false)
            : null;
    }

    private static (int Offset, bool AsPrompted)? Labelled(ReadOnlySpan<char> line)
    {
        var at = AfterPrefix(line);
        foreach (var label in Labels)
        {
            if (!line[at..].StartsWith(label, StringComparison.OrdinalIgnoreCase))
                continue;
            var end = at + label.Length;
            if (end < line.Length && char.IsLetter(line[end]))
                continue;
            var asPrompted = label.Length == "answer".Length ? line[at..].StartsWith("ANSWER", StringComparison.Ordinal)
                : label == "final answer" && line[at..].StartsWith("FINAL ANSWER", StringComparison.Ordinal);
            return AfterLabel(line, at, end) is { } offset ? (offset, asPrompted) : null;
        }

        return null;
    }

    // What is neither letter nor digit says nothing, nor do commands and tags that only set type, nor "3." and "(3)".
    private static int AfterPrefix(ReadOnlySpan<char> line)
    {
        var at = 0;
        while (at < line.Length && at < LongestPrefix)
        {
            var rest = line[at..];
            if (rest[0] == '\\' && rest.Length > 1 && char.IsAsciiLetter(rest[1]))
            {
                var end = 1;
                while (end < rest.Length && char.IsAsciiLetter(rest[end]))
                    end++;
                at += end;
            }
            else if (rest[0] == '<' && HtmlTag(rest) is var tag and > 0)
            {
                at += tag;
            }
            else if (char.IsAsciiDigit(rest[0]) && rest.TrimStart("0123456789") is ['.' or ')', ..] item)
            {
                at += rest.Length - item.Length + 1;
            }
            else if (char.IsLetterOrDigit(rest[0]))
            {
                return at;
            }
            else
            {
                at++;
            }
        }

        return at;
    }

    private static int HtmlTag(ReadOnlySpan<char> rest)
    {
        foreach (var tag in HtmlTags)
        {
            if (rest.Length > tag.Length + 1 && rest[tag.Length + 1] == '>'
                && rest[1..].StartsWith(tag, StringComparison.OrdinalIgnoreCase))
                return tag.Length + 2;
        }

        return 0;
    }

    private static int? AfterLabel(ReadOnlySpan<char> line, int label, int at)
    {
        var closed = false;
        while (at < line.Length && (Marks.Contains(line[at], StringComparison.Ordinal) || line[at] is '}' or ']' or '】' or ')' or '>'))
        {
            closed |= line[at] is '}' or ']' or '】' or '*' or '>';
            at++;
        }

        if (at == line.Length)
            return line.Length;
        if (line[at] is ':' or '：' or '=')
            return AfterColon(line, at + 1);
        if (line[at] == '.' && at - label <= 4 && at + 1 < line.Length && line[at + 1] == ' ')
            return at + 2; // "Ans. 12"
        var dash = line[at] is '-' or '–' or '—' && at > 0 && line[at - 1] == ' ' && at + 1 < line.Length && line[at + 1] is ' ' or '>';
        if (dash)
            return at + (line[at + 1] == '>' ? 2 : 1);
        return closed && label > 0 ? at : null;
    }

    // The marks that close what was opened before the label: "**Answer:** 12", "\textbf{Answer:} 12", "<b>Answer:</b> 12".
    private static int AfterColon(ReadOnlySpan<char> line, int at)
    {
        while (true)
        {
            while (at < line.Length && (Marks.Contains(line[at], StringComparison.Ordinal) || line[at] is '}' or ']' or '】')
                && line[at] is not ('"' or '\'' or '`' or '~'))
                at++;
            if (at < line.Length && line[at..].StartsWith("</", StringComparison.Ordinal)
                && line[at..].IndexOf('>') is var close and > 0 and < 12)
                at += close + 1;
            else
                return at;
        }
    }
}
