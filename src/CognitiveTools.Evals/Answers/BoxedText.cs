namespace CognitiveTools.Evals.Answers;

/// <summary>The content of a LaTeX box.</summary>
/// <param name="Content">The text between its braces.</param>
/// <param name="End">Index after the closing brace.</param>
internal readonly record struct BoxedText(string Content, int End)
{
    private static readonly string[] Commands = ["\\boxed", "\\fbox"];

    /// <summary>
    /// The last complete box; of nested boxes the outermost. Braces are matched with one stack in one pass, so that
    /// thousands of boxes that never close cost no more than plain text.
    /// </summary>
    public static BoxedText? Last(string text)
    {
        if (!text.Contains("box", StringComparison.Ordinal))
            return null;
        var braces = new Stack<(int Index, bool Boxed)>();
        BoxedText? last = null;
        var pending = -1; // index of the brace that a box command just announced
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when CommandAt(text, i) is var length and > 0:
                    i = SkipSpaces(text, i + length) - 1;
                    if (i + 1 < text.Length && text[i + 1] == '{')
                        pending = i + 1;
                    else if (BareNumber(text, i + 1) is { } bare)
                        last = bare;
                    break;
                case '\\':
                    i++; // an escaped brace is text
                    break;
                case '{':
                    braces.Push((i, i == pending));
                    break;
                case '}' when braces.TryPop(out var open) && open.Boxed:
                    last = new BoxedText(text[(open.Index + 1)..i], i + 1);
                    break;
            }
        }

        return last;
    }

    private static int CommandAt(string text, int at)
    {
        foreach (var command in Commands)
        {
            if (string.CompareOrdinal(text, at, command, 0, command.Length) == 0
                && (at + command.Length == text.Length || !char.IsAsciiLetter(text[at + command.Length])))
                return command.Length;
        }

        return 0;
    }

    private static int SkipSpaces(string text, int at)
    {
        while (at < text.Length && text[at] == ' ')
            at++;
        return at;
    }

    // "\boxed 42": TeX would box one token only, yet models mean the number.
    private static BoxedText? BareNumber(string text, int at)
    {
        var end = at;
        while (end < text.Length && end - at < 64 && char.IsAsciiDigit(text[end]))
            end++;
        return end > at ? new BoxedText(text[at..end], end) : null;
    }
}
