using System.Text;

namespace CognitiveTools.Evals.Answers;

/// <summary>A text split into what the model showed and what it thought between think tags.</summary>
/// <param name="Visible">The text outside think blocks.</param>
/// <param name="Thoughts">The text inside them.</param>
/// <param name="Open">The last block was never closed.</param>
internal sealed record ThinkBlocks(string Visible, string Thoughts, bool Open)
{
    // Where pieces of the visible text begin, in it and in the whole; empty when the two are the same.
    private IReadOnlyList<(int Visible, int Whole)> Pieces { get; init; } = [];

    /// <summary>The index in the whole text of a character of the visible one.</summary>
    public int Origin(int visible)
    {
        var shift = 0;
        foreach (var piece in Pieces)
        {
            if (piece.Visible > visible)
                break;
            shift = piece.Whole - piece.Visible;
        }

        return visible + shift;
    }

    private static readonly string[] OpenTags = ["<think>", "<thinking>"];
    private static readonly string[] CloseTags = ["</think>", "</thinking>"];

    /// <summary>Splits a text in one pass.</summary>
    public static ThinkBlocks Split(string text)
    {
        if (!text.Contains('<', StringComparison.Ordinal))
            return new ThinkBlocks(text, "", Open: false);

        var visible = new StringBuilder(text.Length);
        var thoughts = new StringBuilder();
        var pieces = new List<(int, int)>();
        var open = false;
        var start = 0;
        for (var at = text.IndexOf('<', StringComparison.Ordinal); at >= 0; at = text.IndexOf('<', at + 1))
        {
            if (!open && TagAt(text, at, OpenTags) is var opening and > 0)
            {
                pieces.Add((visible.Length, start));
                visible.Append(text, start, at - start).Append('\n');
                start = at + opening;
                open = true;
            }
            else if (TagAt(text, at, CloseTags) is var closing and > 0)
            {
                // Some chat templates put the opening tag into the prompt, so a lone closing tag ends thoughts that
                // began with the text itself.
                if (!open)
                {
                    thoughts.Append(visible);
                    visible.Clear();
                    pieces.Clear();
                }

                thoughts.Append(text, start, at - start).Append('\n');
                start = at + closing;
                open = false;
            }
        }

        if (!open)
            pieces.Add((visible.Length, start));
        (open ? thoughts : visible).Append(text, start, text.Length - start);
        return new ThinkBlocks(visible.ToString(), thoughts.ToString(), open) { Pieces = pieces };
    }

    private static int TagAt(string text, int at, string[] tags)
    {
        foreach (var tag in tags)
        {
            if (string.Compare(text, at, tag, 0, tag.Length, StringComparison.OrdinalIgnoreCase) == 0)
                return tag.Length;
        }

        return 0;
    }
}
