using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Builtins;

/// <summary>Python's ways to split a string.</summary>
internal static class StringSplit
{
    public static TemplateSequence Split(RenderContext context, TemplateText text, Arguments arguments, bool fromRight)
    {
        var given = arguments.Bind(fromRight ? "rsplit" : "split", "sep", "maxsplit");
        var most = given.Integer(1, -1) is var count && count < 0 ? int.MaxValue : count;
        var parts = given[0] is null ? Words(text, most, fromRight) : At(text, given.Text(0).Value, most, fromRight);
        context.Step(parts.Count);
        return TemplateSequence.List(parts);
    }

    public static TemplateSequence Partition(TemplateText text, Arguments arguments, bool fromRight)
    {
        var separator = arguments.Bind("partition", "sep").Text(0);
        if (separator.Value.Length == 0)
            throw new TemplateException("empty separator");
        var at = fromRight
            ? text.Value.LastIndexOf(separator.Value, StringComparison.Ordinal)
            : text.Value.IndexOf(separator.Value, StringComparison.Ordinal);
        if (at < 0)
            return fromRight
                ? TemplateSequence.Tuple(TemplateText.Empty, TemplateText.Empty, text)
                : TemplateSequence.Tuple(text, TemplateText.Empty, TemplateText.Empty);
        var end = at + separator.Value.Length;
        // The separator as it stands in the text, so that a mark inside a message stays the message's.
        return TemplateSequence.Tuple(text.Slice(0, at), text.Slice(at, end), text.Slice(end, text.Value.Length));
    }

    public static TemplateSequence Lines(TemplateText text, Arguments arguments)
    {
        var keep = arguments.Bind("splitlines", "keepends").Flag(0);
        var lines = new List<object?>();
        var start = 0;
        for (var at = 0; at < text.Value.Length; at++)
        {
            if (!IsBreak(text.Value[at]))
                continue;
            var end = text.Value[at] == '\r' && at + 1 < text.Value.Length && text.Value[at + 1] == '\n' ? at + 2 : at + 1;
            lines.Add(text.Slice(start, keep ? end : at));
            start = end;
            at = end - 1;
        }

        if (start < text.Value.Length)
            lines.Add(text.Slice(start, text.Value.Length));
        return TemplateSequence.List(lines);
    }

    /// <summary>Whether a character ends a line for <c>splitlines</c>.</summary>
    public static bool IsBreak(char character) =>
        character is '\n' or '\r' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029' or (>= '\u001c' and <= '\u001e');

    private static List<object?> At(TemplateText text, string separator, int most, bool fromRight)
    {
        if (separator.Length == 0)
            throw new TemplateException("empty separator");
        var parts = new List<object?>();
        var (start, end) = (0, text.Value.Length);
        for (; most > 0; most--)
        {
            var at = fromRight
                ? text.Value.AsSpan(0, end).LastIndexOf(separator)
                : text.Value.IndexOf(separator, start, StringComparison.Ordinal);
            if (at < 0)
                break;
            parts.Add(fromRight ? text.Slice(at + separator.Length, end) : text.Slice(start, at));
            (start, end) = fromRight ? (0, at) : (at + separator.Length, end);
        }

        parts.Add(text.Slice(start, end));
        if (fromRight)
            parts.Reverse();
        return parts;
    }

    private static List<object?> Words(TemplateText text, int most, bool fromRight)
    {
        var parts = new List<object?>();
        var rest = PythonStrings.Strip(text, null, left: !fromRight, right: fromRight);
        for (; rest.Value.Length > 0; most--)
        {
            var at = most <= 0 ? -1 : fromRight ? LastSpace(rest.Value) : FirstSpace(rest.Value);
            if (at < 0)
            {
                // The remainder keeps the white space at the end that no split has reached.
                parts.Add(rest);
                break;
            }

            parts.Add(fromRight ? rest.Slice(at + 1, rest.Value.Length) : rest.Slice(0, at));
            rest = fromRight
                ? PythonStrings.Strip(rest.Slice(0, at), null, left: false)
                : PythonStrings.Strip(rest.Slice(at, rest.Value.Length), null, right: false);
        }

        if (fromRight)
            parts.Reverse();
        return parts;
    }

    private static int FirstSpace(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (PythonStrings.IsSpace(text[i]))
                return i;
        }

        return -1;
    }

    private static int LastSpace(string text)
    {
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (PythonStrings.IsSpace(text[i]))
                return i;
        }

        return -1;
    }
}
