using CognitiveTools.Evals.Expressions;

namespace CognitiveTools.Evals.Answers;

/// <summary>Reads the expression out of what stands after an answer marker.</summary>
internal static class ExpressionCandidate
{
    private const int MostWords = 3;
    private static readonly string[] Breaks = [" because ", " since ", " which ", " where ", " when ", " as ", " so ", " if ", " by "];

    /// <summary>Reads a candidate.</summary>
    /// <returns>The text of the answer, or <see langword="null"/> when the candidate gives none.</returns>
    public static string? Read(string candidate, CandidateSource source)
    {
        if (candidate.Length > MathText.LongestCandidate)
            return null;
        var text = Trim(BoxedText.Last(candidate) is { } box ? box.Content : candidate);
        if (text.Length == 0 || IsPlaceholder(text))
            return null;
        if (IsAnswer(text))
            return text;
        if (source is CandidateSource.Box)
            return text; // whatever is in a box was meant as the answer
        return Inner(text, source) ?? (source is CandidateSource.Line && !HasProse(text) ? text : null);
    }

    /// <summary>A text without white space, markdown, the full stop and the dollar signs around it.</summary>
    public static string Trim(string text)
    {
        const string Around = " \t\r\n*_`,;:";
        var trimmed = text.AsSpan().TrimStart(Around).TrimEnd(Around + ".\\");
        if (trimmed is ['$', .. var inner, '$'] && !inner.Contains('$'))
            return Trim(inner.ToString());
        return trimmed.StartsWith("\\(", StringComparison.Ordinal) && trimmed.IndexOf("\\)", StringComparison.Ordinal) == trimmed.Length - 2
            ? Trim(trimmed[2..^2].ToString())
            : trimmed.ToString();
    }

    // The mathematics in a sentence: "x is $\frac{1}{2}$", "12, because ...".
    private static string? Inner(string text, CandidateSource source)
    {
        foreach (var separator in Breaks)
        {
            var at = text.IndexOf(separator, StringComparison.OrdinalIgnoreCase);
            if (at > 0 && Trim(text[..at]) is var head && IsAnswer(head))
                return head;
        }

        var spans = Spans(text);
        if (spans.Count > 0 && spans[0].Start == 0 && IsAnswer(spans[0].Content))
            return spans[0].Content;
        if (source is not CandidateSource.Line)
            return null;
        if (spans.Count == 1 && !text.Contains(" not ", StringComparison.OrdinalIgnoreCase) && IsAnswer(spans[0].Content))
            return spans[0].Content;
        var verb = text.LastIndexOf(" is ", StringComparison.OrdinalIgnoreCase);
        return verb > 0 && Trim(text[(verb + 4)..]) is var tail && IsAnswer(tail) ? tail : null;
    }

    private static bool IsAnswer(string text) => !$" {text} ".Contains(" not ", StringComparison.OrdinalIgnoreCase) && Expression.Read(text).Tree switch
    {
        null => false,
        Words words => words.Text.Length > 0 && words.Text.Count(c => c == ' ') < MostWords,
        _ => true,
    };

    // What prompts show in the place of an answer.
    private static bool IsPlaceholder(string text) =>
        text is "..." or "$" or "$$" || text.Trim('$', '<', '>', '[', ']', '{', '}', '\\', ' ').Equals("answer", StringComparison.OrdinalIgnoreCase);

    // The pieces between dollar signs or \( and \).
    private static List<(int Start, string Content)> Spans(string text)
    {
        var spans = new List<(int Start, string Content)>();
        for (var at = 0; at < text.Length;)
        {
            var (open, close) = text[at] == '$' ? ("$", "$") : string.CompareOrdinal(text, at, "\\(", 0, 2) == 0 ? ("\\(", "\\)") : ("", "");
            var end = open.Length == 0 || (at > 0 && text[at - 1] == '\\') ? -1 : text.IndexOf(close, at + open.Length, StringComparison.Ordinal);
            if (end < 0)
            {
                at++;
                continue;
            }

            if (Trim(text[(at + open.Length)..end]) is { Length: > 0 } content)
                spans.Add((at, content));
            at = end + close.Length;
        }

        return spans;
    }

    // A lower-case word of two letters or more outside commands: no mathematics that merely could not be parsed.
    private static bool HasProse(string text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (!char.IsAsciiLetterLower(text[i]) || !char.IsAsciiLetter(text[i - 1]))
                continue;
            var start = i - 1;
            while (start > 0 && char.IsAsciiLetter(text[start - 1]))
                start--;
            if (start == 0 || text[start - 1] is not ('\\' or '{'))
                return true;
            while (i < text.Length && char.IsAsciiLetter(text[i]))
                i++;
        }

        return false;
    }
}
