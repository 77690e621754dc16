using System.Buffers;
using System.Text;
using System.Text.Unicode;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Llama.Sampling;

/// <summary>
/// Turns token bytes into text, thoughts and visible text in order. Holds back a possible start of a stop sequence and incomplete
/// characters, and cuts the visible text at the first stop sequence, independent of token boundaries. From a mark of a call on, stop
/// sequences mean nothing.
/// </summary>
internal sealed class GeneratedText
{
    private readonly byte[][] _stops;
    private readonly byte[][] _marks;
    private readonly int _longestStop;
    private readonly List<int> _changes = new(capacity: 16); // where the text changes between visible and thought; visible first
    private byte[] _bytes;
    private int _length;
    private int _taken;
    private int _changesTaken;
    private int _searched; // what comes before has no stop sequence; of the visible text, what may begin a mark comes behind
    private bool _isCall;

    /// <param name="stops">The stop sequences.</param>
    /// <param name="capacity">Bytes allocated at the start.</param>
    /// <param name="marks">Texts with which a call begins.</param>
    /// <exception cref="ArgumentException">A stop sequence is empty.</exception>
    internal GeneratedText(IEnumerable<string> stops, int capacity = 256, IEnumerable<string>? marks = null)
    {
        _bytes = new byte[capacity];
        _stops = [.. stops.Select(Encoding.UTF8.GetBytes)];
        _marks = [.. (marks ?? []).Select(Encoding.UTF8.GetBytes)];
        if (_stops.Any(static stop => stop.Length == 0))
            throw new ArgumentException("A stop sequence is empty. Leave it out.", nameof(stops));
        _longestStop = _stops.Length == 0 ? 0 : _stops.Max(static s => s.Length);
    }

    private bool EndsInThought => _changes.Count % 2 == 1;

    // Where the last visible or thought part begins.
    private int LastPart => _changes.Count == 0 ? 0 : _changes[^1];

    /// <summary>Adds the bytes of a token or of a part of it.</summary>
    /// <param name="piece">The bytes.</param>
    /// <param name="isThought">Whether they are thought, in which stop sequences mean nothing.</param>
    /// <returns>True when a stop sequence is complete; the text then ends before it.</returns>
    internal bool Append(ReadOnlySpan<byte> piece, bool isThought = false)
    {
        if (isThought != EndsInThought)
        {
            if (Stop(isEnd: true))
                return true;
            _changes.Add(_length);
            _searched = _length;
        }

        if (_length + piece.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + piece.Length));
        piece.CopyTo(_bytes.AsSpan(_length));
        _length += piece.Length;
        return Stop(isEnd: false);
    }

    /// <summary>Takes the next piece of the text; call it until it returns <see langword="false"/>.</summary>
    /// <param name="isEnd">Whether the text is complete; otherwise only what later tokens cannot change is taken.</param>
    /// <param name="piece">The piece, never empty.</param>
    internal bool TryTake(bool isEnd, out TextPiece piece)
    {
        if (isEnd)
            Stop(isEnd: true);
        while (true)
        {
            var isThought = _changesTaken % 2 == 1;
            var isWhole = _changesTaken < _changes.Count; // another part follows
            var end = isWhole ? _changes[_changesTaken] : isEnd ? _length : _length - HeldBack();
            var text = Take(end, flush: isWhole || isEnd);
            if (isWhole)
                _changesTaken++;
            piece = new(text, isThought);
            if (text.Length > 0)
                return true;
            if (!isWhole)
                return false;
        }
    }

    // An incomplete character stays until the rest of it comes. (A Decoder would keep it too, but allocates for each byte that
    // is not text.)
    private string Take(int end, bool flush)
    {
        if (end <= _taken)
            return "";
        var bytes = _bytes.AsSpan(_taken, end - _taken);
        var buffer = ArrayPool<char>.Shared.Rent(bytes.Length); // no character has fewer bytes than UTF-16 units
        Utf8.ToUtf16(bytes, buffer, out var read, out var written, replaceInvalidSequences: true, isFinalBlock: flush);
        _taken += read;
        var text = new string(buffer, 0, written);
        ArrayPool<char>.Shared.Return(buffer);
        return text;
    }

    // Cuts the visible text at the first stop sequence that is complete before a call, or before what may become one.
    private bool Stop(bool isEnd)
    {
        if (EndsInThought || _isCall || _stops.Length == 0)
            return false;
        var end = isEnd ? _length : BeforeCall();
        var from = Math.Max(LastPart, _searched - _longestStop + 1);
        var first = -1;
        foreach (var stop in _stops)
        {
            var index = _bytes.AsSpan(from, end - from).IndexOf(stop);
            if (index >= 0 && (first < 0 || from + index < first))
                first = from + index;
        }

        if (first >= 0)
            _length = first;
        _searched = first >= 0 ? first : end;
        return first >= 0;
    }

    // Where the first mark of a call begins, or the longest end of the text that may become one.
    private int BeforeCall()
    {
        var rest = _bytes.AsSpan(_searched, _length - _searched);
        var (call, open) = (-1, 0);
        foreach (var mark in _marks)
        {
            var index = rest.IndexOf(mark);
            if (index >= 0 && (call < 0 || index < call))
                call = index;
            open = Math.Max(open, StartOf(mark, rest));
        }

        _isCall = call >= 0;
        return _isCall ? _searched + call : _length - open;
    }

    // Bytes at the end of a text with which a longer one begins.
    private static int StartOf(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> text)
    {
        for (var length = Math.Min(whole.Length - 1, text.Length); length > 0; length--)
        {
            if (text[^length..].SequenceEqual(whole[..length]))
                return length;
        }

        return 0;
    }

    // The longest suffix of the visible text that is a prefix of a stop sequence.
    private int HeldBack()
    {
        if (EndsInThought || _isCall || _stops.Length == 0)
            return 0;
        if (_length > _searched) // may become a call, or else be searched with what is before it
            return Math.Min(_length - _searched + _longestStop - 1, _length - LastPart);
        var held = 0;
        var text = _bytes.AsSpan(LastPart, _length - LastPart);
        foreach (var stop in _stops)
            held = Math.Max(held, StartOf(stop, text));
        return held;
    }
}
