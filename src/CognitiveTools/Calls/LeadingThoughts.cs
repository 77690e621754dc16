using System.Text;

namespace CognitiveTools.Calls;

/// <summary>
/// Separates the thoughts with which a streamed text begins, for servers that leave them in the text: the marks of
/// <see cref="ThoughtMarks"/> at the start, and again directly after a thought. Marks within the answer stay text, because an answer
/// may be about them, and so do thoughts that the prompt opened, which only their end shows; <see cref="ThinkBlocks"/> finds both in
/// the whole text. Used by one flow.
/// </summary>
internal sealed class LeadingThoughts
{
    // Characters before and behind a closing mark that show whether a sentence only mentions the mark.
    private const int MentionStart = 2, MentionEnd = 12;

    private readonly StringBuilder _held = new(); // text of which later text decides what it is, after the end of what was returned
    private int _returned; // characters of it
    private string? _family;
    private bool _hasThought;
    private bool _inAnswer;

    /// <summary>Takes a piece of text and returns what it and earlier text are, as far as later text cannot change it.</summary>
    public IEnumerable<(string Text, bool IsThought)> Take(string piece)
    {
        if (_inAnswer)
            return piece.Length > 0 ? [(piece, false)] : [];
        _held.Append(piece);
        return Divide(isEnd: false);
    }

    /// <summary>The rest, when no more text comes.</summary>
    public IEnumerable<(string Text, bool IsThought)> Rest() => Divide(isEnd: true);

    private List<(string Text, bool IsThought)> Divide(bool isEnd)
    {
        var pieces = new List<(string Text, bool IsThought)>();
        var text = _held.ToString();
        var at = _returned;
        while (!_inAnswer)
        {
            if (_family is not null)
            {
                var end = EndOfThought(text, at, isEnd);
                if (end.At > at)
                    pieces.Add((text[at..end.At], true));
                at = end.At + end.Length;
                if (end.Length == 0)
                    break;
                _family = null;
            }

            var begin = text.Length - text.AsSpan(at).TrimStart().Length;
            if (!isEnd && (begin == text.Length || ThoughtMarks.MayOpen(text.AsSpan(begin))))
                break;
            if (ThoughtMarks.OpeningAt(text, begin) is { } opening)
            {
                (_family, _hasThought) = (opening.Family, true);
                at = begin + opening.Length;
                continue;
            }

            _inAnswer = true;
            var answer = text[(_hasThought ? begin : at)..];
            if (answer.Length > 0)
                pieces.Add((answer, false));
            at = text.Length;
        }

        _returned = Math.Min(at, MentionStart);
        _held.Clear().Append(text.AsSpan(at - _returned));
        return pieces;
    }

    // Where the thought ends and how long the mark is; without a mark, where one may begin.
    private (int At, int Length) EndOfThought(string text, int from, bool isEnd)
    {
        for (var at = from; at < text.Length; at++)
        {
            if (ThoughtMarks.ClosingAt(text, at, _family) is not (var length and > 0))
                continue;
            if (!isEnd && text.Length - at - length < MentionEnd && at > 0 && ThoughtMarks.MayBeMention(text[at - 1]))
                return (at, 0);
            if (!ThoughtMarks.IsMention(text, at, length))
                return (at, length);
        }

        return isEnd ? (text.Length, 0) : (Math.Max(from, ThoughtMarks.PossibleClosing(text)), 0);
    }
}
