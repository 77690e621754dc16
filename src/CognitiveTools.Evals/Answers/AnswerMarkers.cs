namespace CognitiveTools.Evals.Answers;

/// <summary>What stands after an answer marker.</summary>
/// <param name="Content">The candidate.</param>
/// <param name="End">Index after it in the searched text.</param>
/// <param name="Loose">Whether a phrase around a single number may be read.</param>
internal readonly record struct MarkedText(string Content, int End, bool Loose);

/// <summary>Finds <c>ANSWER:</c> lines and <c>the answer is</c> phrases.</summary>
internal static class AnswerMarkers
{
    private const string ListMarks = " \t#>*-+_•`";
    private const int LongestPhrase = 200;
    private static readonly string[] Labels = ["final answer", "answer", "答案"];

    /// <summary>The answer lines, in order.</summary>
    public static IEnumerable<MarkedText> Lines(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = LineEnd(text, start);
            if (AfterLabel(text.AsSpan(start, end - start)) is { } offset)
            {
                var content = text[(start + offset)..end];
                if (HasContent(content))
                    yield return new MarkedText(content, end, Loose: true);
                else if (NextLine(text, end) is { } next)
                    yield return next;
            }

            start = end + 1;
        }
    }

    /// <summary>What follows <c>answer is</c>, <c>answer:</c> or <c>answer =</c> anywhere, in order.</summary>
    public static IEnumerable<MarkedText> Phrases(string text)
    {
        const string Word = "answer";
        for (var at = text.IndexOf(Word, StringComparison.OrdinalIgnoreCase); at >= 0;
             at = text.IndexOf(Word, at + Word.Length, StringComparison.OrdinalIgnoreCase))
        {
            var from = AfterVerb(text, at + Word.Length);
            if (from < 0)
                continue;
            var limit = Math.Min(LineEnd(text, from, LongestPhrase), text.Length);
            var end = SentenceEnd(text, from, limit);
            if (HasContent(text.AsSpan(from, end - from)))
                yield return new MarkedText(text[from..end], end, Loose: false);
            else if (end < text.Length && NextLine(text, end) is { } next)
                yield return next;
        }
    }

    // Offset of the content in a line like "**Final Answer:** 42"; the line's length when the label stands alone.
    private static int? AfterLabel(ReadOnlySpan<char> line)
    {
        var rest = line.TrimStart(ListMarks);
        if (rest.Length > 0 && char.IsAsciiDigit(rest[0]))
        {
            var item = rest.TrimStart("0123456789");
            if (item is ['.' or ')', ..])
                rest = item[1..].TrimStart(ListMarks);
        }

        foreach (var label in Labels)
        {
            if (!rest.StartsWith(label, StringComparison.OrdinalIgnoreCase))
                continue;
            var after = rest[label.Length..].TrimStart(" \t*_`");
            if (after.Length == 0)
                return line.Length;
            if (after[0] is ':' or '：' or '=')
                return line.Length - after.Length + 1;
        }

        return null;
    }

    private static int AfterVerb(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '*' or '_')
            at++;
        foreach (var verb in (ReadOnlySpan<string>)["is", "equals", ":", "：", "="])
        {
            if (string.Compare(text, at, verb, 0, verb.Length, StringComparison.OrdinalIgnoreCase) != 0)
                continue;
            at += verb.Length;
            if (char.IsLetter(verb[0]) && at < text.Length && char.IsLetter(text[at]))
                return -1;
            return at;
        }

        return -1;
    }

    private static MarkedText? NextLine(string text, int end)
    {
        while (end < text.Length && char.IsWhiteSpace(text[end]))
            end++;
        if (end == text.Length)
            return null;
        var stop = LineEnd(text, end);
        return stop - end > MathText.LongestCandidate ? null : new MarkedText(text[end..stop], stop, Loose: false);
    }

    private static int SentenceEnd(string text, int from, int limit)
    {
        for (var i = from; i < limit; i++)
        {
            var spacing = text[i] != '.' && i > 0 && text[i - 1] == '\\'; // \! and \; of LaTeX
            if (text[i] is '.' or ';' or '!' && !spacing && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1])))
                return i;
        }

        return limit;
    }

    private static int LineEnd(string text, int from, int limit = int.MaxValue)
    {
        var span = text.AsSpan(from);
        if (span.Length > limit)
            span = span[..limit];
        var end = span.IndexOfAny('\n', '\r');
        return end < 0 ? from + span.Length : from + end;
    }

    private static bool HasContent(ReadOnlySpan<char> content) => content.Trim(" \t*_`:$").Length > 0;
}
