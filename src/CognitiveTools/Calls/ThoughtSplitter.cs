using System.Text;

namespace CognitiveTools.Calls;

/// <summary>
/// Separates the thoughts in a streamed text by the marks of <see cref="ThoughtMarks"/>, as <see cref="ThinkBlocks"/> separates those of
/// a whole text. Two kinds stay text, because only later text shows them: thoughts that the prompt opened, and thoughts whose mark
/// stands within a sentence. Used by one flow.
/// </summary>
/// <param name="startOnly">
/// Whether only thoughts at the start count, and those directly after one: for texts that may be about the marks, such as JSON.
/// </param>
internal sealed class ThoughtSplitter(bool startOnly)
{
    // Characters before and behind a mark that show whether a sentence only mentions it.
    private const int MentionStart = 2, MentionEnd = 12;

    private readonly StringBuilder _held = new(); // text of which later text decides what it is, after the end of what was returned
    private int _returned; // characters of it
    private string? _family; // of the thought that is open
    private bool _isAfterThought;
    private bool _hasAnswer;
    private bool _beginsLine;

    /// <summary>Takes a piece of text and returns what it and earlier text are, as far as later text cannot change it.</summary>
    public IEnumerable<(string Text, bool IsThought)> Take(string piece)
    {
        if (startOnly && _hasAnswer)
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
        while (true)
        {
            if (_family is not null)
            {
                var (end, closing) = EndOfThought(text, at, isEnd);
                if (end > at)
                    pieces.Add((text[at..end], true));
                at = end + closing;
                if (closing == 0)
                    break;
                (_family, _isAfterThought) = (null, true);
            }

            var (stop, opening) = _hasAnswer ? NextThought(text, at, isEnd) : Start(text, ref at, isEnd);
            if (stop > at)
                pieces.Add((Line(text[at..stop]), false));
            at = stop;
            if (opening is not { } thought)
                break;
            _family = thought.Family;
            at += thought.Length;
        }

        _returned = Math.Min(at, MentionStart);
        _held.Clear().Append(text.AsSpan(at - _returned));
        return pieces;
    }

    // White space before a thought, and between it and the answer, is no part of the answer.
    private (int Stop, (string Family, int Length)? Opening) Start(string text, ref int at, bool isEnd)
    {
        var begin = text.Length - text.AsSpan(at).TrimStart().Length;
        if (ThoughtMarks.OpeningAt(text, begin) is { } opening)
            return (at = begin, opening);
        if (!isEnd && (begin == text.Length || ThoughtMarks.MayOpen(text.AsSpan(begin))))
            return (at, null);
        if (_isAfterThought)
            at = begin;
        return NextThought(text, at, isEnd);
    }

    // Where the answer is interrupted by a thought; without one, where later text may show a mark.
    private (int Stop, (string Family, int Length)? Opening) NextThought(string text, int from, bool isEnd)
    {
        if (startOnly)
            return (text.Length, null);
        for (var at = from; ThoughtMarks.NextStart(text, at) is var next and >= 0; at = next + 1)
        {
            if (ThoughtMarks.OpeningAt(text, next) is not { } opening)
            {
                if (!isEnd && ThoughtMarks.MayOpen(text.AsSpan(next)))
                    return (next, null);
                continue;
            }

            if (!isEnd && IsUndecided(text, next, opening.Length))
                return (next, null);
            if (!ThoughtMarks.IsMention(text, next, opening.Length)
                && ThoughtMarks.RequiredClosing(text, next, opening.Length) is null)
                return (next, opening);
        }

        return (text.Length, null);
    }

    // Where the thought ends and how long the mark is; without a mark, where later text may show one.
    private (int End, int Closing) EndOfThought(string text, int from, bool isEnd)
    {
        for (var at = from; ThoughtMarks.NextStart(text, at) is var next and >= 0; at = next + 1)
        {
            if (ThoughtMarks.ClosingAt(text, next, _family) is not (var length and > 0))
            {
                if (!isEnd && ThoughtMarks.MayClose(text.AsSpan(next)))
                    return (next, 0);
                continue;
            }

            if (!isEnd && IsUndecided(text, next, length))
                return (next, 0);
            if (!ThoughtMarks.IsMention(text, next, length))
                return (next, length);
        }

        return (text.Length, 0);
    }

    private static bool IsUndecided(string text, int at, int length) =>
        text.Length - at - length < MentionEnd && at > 0 && ThoughtMarks.MayBeMention(text[at - 1]);

    // The answer behind a thought begins a line.
    private string Line(string piece)
    {
        var separate = _isAfterThought && _hasAnswer && !_beginsLine && piece[0] is not ('\n' or '\r');
        (_hasAnswer, _isAfterThought, _beginsLine) = (true, false, piece[^1] == '\n');
        return separate ? "\n" + piece : piece;
    }
}
