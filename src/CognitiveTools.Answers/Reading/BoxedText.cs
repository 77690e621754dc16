using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Reading;

/// <summary>The content of a LaTeX box.</summary>
/// <param name="Content">The text between its braces.</param>
/// <param name="Start">Index of its command's backslash.</param>
/// <param name="End">Index after the closing brace.</param>
internal readonly record struct BoxedText(string Content, int Start, int End)
{
    private static readonly string[] Commands = ["\\boxed", "\\fbox", "\\framebox"];

    /// <summary>The last complete box that holds more than a placeholder; of nested boxes the outermost.</summary>
    public static BoxedText? Last(string text) => All(text).Boxes is [.., var last] ? last : null;

    /// <summary>
    /// All complete boxes that hold more than a placeholder, in order, without those inside others, and where a box begins behind
    /// the last of them that never ends, or -1. Braces are matched with one stack in one pass, so that thousands of boxes that
    /// never close cost no more than plain text.
    /// </summary>
    public static (List<BoxedText> Boxes, int Begun) All(string text)
    {
        var boxes = new List<BoxedText>();
        if (!text.Contains("box", StringComparison.Ordinal))
            return (boxes, -1);
        var braces = new Stack<(int Index, int Command)>();
        var (pending, command, trailing) = (-1, -1, -1); // index of the brace that a box command just announced; a command without one
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when CommandAt(text, i) is var length and > 0:
                    command = i;
                    i = NumberText.SkipSpaces(text, i + length) - 1;
                    if (i + 1 < text.Length && text[i + 1] == '{')
                        pending = i + 1;
                    else if (BareNumber(text, command, i + 1) is { } bare)
                        boxes.Add(bare);
                    else if (i + 1 >= text.Length)
                        trailing = command;
                    break;
                case '\\':
                    i++; // an escaped brace is text
                    break;
                case '{':
                    braces.Push((i, i == pending ? command : -1));
                    break;
                case '}' when braces.TryPop(out var open) && open.Command >= 0:
                    var box = new BoxedText(text[(open.Index + 1)..i], open.Command, i + 1);
                    if (AnswerPlaceholder.Is(box.Content))
                        break;
                    while (boxes is [.., var inner] && inner.Start > box.Start)
                        boxes.RemoveAt(boxes.Count - 1);
                    boxes.Add(box);
                    break;
            }
        }

        var begun = braces.Where(b => b.Command >= 0).Select(b => b.Command).Append(trailing).Max();
        return (boxes, boxes is [.., var done] && begun < done.End ? -1 : begun);
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


    // "\boxed 42": TeX would box one token only, yet models mean the number.
    private static BoxedText? BareNumber(string text, int command, int at)
    {
        var end = at;
        while (end < text.Length && end - at < 64 && char.IsAsciiDigit(text[end]))
            end++;
        return end > at ? new BoxedText(text[at..end], command, end) : null;
    }
}
