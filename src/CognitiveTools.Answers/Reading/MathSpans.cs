namespace CognitiveTools.Answers.Reading;

/// <summary>The pieces of mathematics in a sentence: between dollar signs, <c>\(</c> and <c>\)</c>, or <c>\[</c> and <c>\]</c>.</summary>
internal static class MathSpans
{
    private static readonly (string Open, string Close)[] Delimiters = [("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")];

    /// <summary>The pieces, in order: where they begin and end with their delimiters, and what is between those.</summary>
    public static List<(int Start, int End, string Content)> In(string text)
    {
        var spans = new List<(int Start, int End, string Content)>();
        for (var at = 0; at < text.Length;)
        {
            var end = -1;
            foreach (var (open, close) in Delimiters)
            {
                if (string.CompareOrdinal(text, at, open, 0, open.Length) != 0 || (at > 0 && text[at - 1] == '\\'))
                    continue;
                end = text.IndexOf(close, at + open.Length, StringComparison.Ordinal);
                if (end < 0)
                    continue;
                if (CandidateText.Trim(text[(at + open.Length)..end]) is { Length: > 0 } content)
                    spans.Add((at, end + close.Length, content));
                end += close.Length;
                break;
            }

            at = end < 0 ? at + 1 : end;
        }

        return spans;
    }

    /// <summary>The text with mathematics and what is in braces made unreadable, so that words in it are not found.</summary>
    public static string Hide(string text)
    {
        var hidden = text.ToCharArray();
        foreach (var (start, end, _) in In(text))
            hidden.AsSpan(start, end - start).Fill('\u25a1');
        var depth = 0;
        for (var i = 0; i < hidden.Length; i++)
        {
            depth = Math.Max(0, depth + hidden[i] switch { '{' => 1, '}' => -1, _ => 0 });
            if (depth > 0)
                hidden[i] = '\u25a1';
        }

        return new string(hidden);
    }
}
