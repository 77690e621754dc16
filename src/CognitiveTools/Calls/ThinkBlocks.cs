using System.Runtime.InteropServices;
using System.Text;

namespace CognitiveTools.Calls;

/// <summary>
/// Finds the text that a reasoning model marks as private thought, with the marks of all model families in
/// <see cref="ThoughtMarks"/>. The loop, the tools and the scorer all use it, so they agree on what is private. A block that is
/// never closed extends to the end. After a closing mark without an opening one, everything before it is thought, because chat
/// templates open the block in the prompt. Takes time linear in the text.
/// </summary>
internal static class ThinkBlocks
{
    /// <summary>
    /// The text with every thought replaced by spaces, so that positions stay
    /// the same. Line breaks stay, and the text after a thought begins a line.
    /// </summary>
    public static string Mask(string text)
    {
        var blocks = Find(text).Blocks;
        if (blocks.Count == 0)
            return text;
        var masked = text.ToCharArray();
        foreach (var block in blocks)
        {
            for (var i = block.Start; i < block.End; i++)
            {
                if (masked[i] is not ('\n' or '\r'))
                    masked[i] = i == block.End - 1 ? '\n' : ' ';
            }
        }

        return new string(masked);
    }

    /// <summary>The text without its thoughts and white space before it; the text after a thought begins a line.</summary>
    public static string Remove(string text)
    {
        var blocks = Find(text).Blocks;
        if (blocks.Count == 0)
            return text;
        var kept = new StringBuilder(text.Length);
        var at = 0;
        foreach (var block in blocks)
        {
            Keep(text.AsSpan(at, block.Start - at));
            at = block.End;
        }

        Keep(text.AsSpan(at));
        return kept.ToString();

        void Keep(ReadOnlySpan<char> piece)
        {
            if (kept.Length == 0)
                piece = piece.TrimStart();
            else if (piece.Length > 0 && kept[^1] != '\n' && piece[0] is not ('\n' or '\r'))
                kept.Append('\n');
            kept.Append(piece);
        }
    }

    /// <summary>The thoughts alone without their marks, each on lines of its own; empty without any.</summary>
    public static string Thoughts(string text) =>
        string.Join('\n', Find(text).Blocks.Select(block => text[block.From..block.To].Trim()).Where(static thought => thought.Length > 0));

    /// <summary>Whether a thought was opened and never closed.</summary>
    public static bool IsOpen(string text) => Find(text).Open;

    private static (List<Block> Blocks, bool Open) Find(string text)
    {
        var blocks = new List<Block>();
        var (at, start) = Bare(text, blocks);
        var from = at;
        string? family = start < 0 ? null : ThoughtMarks.BareFamily;
        var lastClosings = new Dictionary<string, int>(StringComparer.Ordinal);
        while (ThoughtMarks.NextStart(text, at) is var next and >= 0)
        {
            at = next;
            if (ThoughtMarks.ClosingAt(text, at, family) is var closing and > 0 && !ThoughtMarks.IsMention(text, at, closing))
            {
                if (family is null)
                {
                    blocks.Clear();
                    (start, from) = (0, 0);
                }

                blocks.Add(new Block(start, at + closing, from, at));
                family = null;
                at += closing;
            }
            else if (family is null && ThoughtMarks.OpeningAt(text, at) is { } opening && !IsNamed(text, at, opening.Length, lastClosings))
            {
                (family, start) = (opening.Family, at);
                at += opening.Length;
                from = at;
            }
            else
            {
                at++;
            }
        }

        if (family is not null)
            blocks.Add(new Block(start, text.Length, from, text.Length));
        return (blocks, family is not null);
    }

    // Whether a sentence only mentions the opening mark. Each closing mark is searched once, so that time stays linear.
    private static bool IsNamed(string text, int at, int length, Dictionary<string, int> lastClosings)
    {
        if (ThoughtMarks.IsMention(text, at, length))
            return true;
        if (ThoughtMarks.RequiredClosing(text, at, length) is not { } closing)
            return false;
        if (!lastClosings.TryGetValue(closing, out var last))
            lastClosings[closing] = last = text.LastIndexOf(closing, StringComparison.OrdinalIgnoreCase);
        return last < at;
    }

    // Thoughts at the start of the text that only words mark: gpt-oss without its special tokens, Granite, Apriel.
    private static (int At, int Start) Bare(string text, List<Block> blocks)
    {
        var final = ThoughtMarks.BareAnswer(text);
        if (final > 0)
        {
            blocks.Add(new Block(0, final, 0, final));
            return (final, -1);
        }

        var begin = text.Length - text.AsSpan().TrimStart().Length;
        return ThoughtMarks.BareOpening(text.AsSpan(begin)) is var length and > 0 ? (begin + length, begin) : (0, -1);
    }

    // A thought with its marks, and within them: From <= To.
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Block(int Start, int End, int From, int To);
}
