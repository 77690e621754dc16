namespace CognitiveTools.Calls;

/// <summary>
/// Text that a reasoning model marks as private thought: <c>&lt;think&gt;...&lt;/think&gt;</c>. A block that is never
/// closed reaches to the end; one that was opened in the prompt reaches from the beginning to its closing mark.
/// </summary>
internal static class ThinkBlocks
{
    private static readonly (string Open, string Close)[] Marks = [("<think>", "</think>"), ("<thinking>", "</thinking>"), ("<thought>", "</thought>")];

    /// <summary>The text with every thought replaced by as many spaces, so that positions stay the same.</summary>
    public static string Mask(string text)
    {
        var blocks = Find(text);
        if (blocks.Count == 0)
            return text;
        var masked = text.ToCharArray();
        foreach (var (start, end) in blocks)
        {
            for (var i = start; i < end; i++)
            {
                // Line breaks stay: what begins a line outside a thought still does.
                if (masked[i] is not ('\n' or '\r'))
                    masked[i] = ' ';
            }
        }

        return new string(masked);
    }

    /// <summary>The text without its thoughts.</summary>
    public static string Remove(string text)
    {
        var blocks = Find(text);
        foreach (var (start, end) in Enumerable.Reverse(blocks))
            text = text.Remove(start, end - start);
        return text;
    }

    /// <summary>Whether a thought was opened and never closed.</summary>
    public static bool IsOpen(string text) =>
        Find(text) is [.., var (start, end)] && end == text.Length
        && !Marks.Any(m => text.AsSpan(start).EndsWith(m.Close, StringComparison.OrdinalIgnoreCase));

    private static List<(int Start, int End)> Find(string text)
    {
        var blocks = new List<(int Start, int End)>();
        var at = 0;
        while (at < text.Length)
        {
            var open = -1;
            var marks = Marks[0];
            foreach (var candidate in Marks)
            {
                var found = text.IndexOf(candidate.Open, at, StringComparison.OrdinalIgnoreCase);
                if (found >= 0 && (open < 0 || found < open))
                    (open, marks) = (found, candidate);
            }

            // A closing mark before any opening one: the block was opened by the prompt.
            if (blocks.Count == 0)
            {
                foreach (var (_, closing) in Marks)
                {
                    var stray = text.IndexOf(closing, at, StringComparison.OrdinalIgnoreCase);
                    if (stray >= 0 && (open < 0 || stray < open))
                    {
                        blocks.Add((0, stray + closing.Length));
                        at = stray + closing.Length;
                        break;
                    }
                }

                if (blocks.Count > 0)
                    continue;
            }

            if (open < 0)
                break;
            var close = text.IndexOf(marks.Close, open, StringComparison.OrdinalIgnoreCase);
            var end = close < 0 ? text.Length : close + marks.Close.Length;
            blocks.Add((open, end));
            at = end;
        }

        return blocks;
    }
}
