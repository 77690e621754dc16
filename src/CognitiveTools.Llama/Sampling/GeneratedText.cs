using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace CognitiveTools.Llama.Sampling;

/// <summary>
/// Turns token bytes into text. Holds back a possible start of a stop sequence and incomplete characters, and cuts the
/// text at the first stop sequence, independent of token boundaries.
/// </summary>
internal sealed class GeneratedText
{
    private readonly byte[][] _stops;
    private readonly int _longestStop;
    private byte[] _bytes;
    private int _length;
    private int _taken;

    /// <param name="stops">The stop sequences.</param>
    /// <param name="capacity">Bytes allocated at the start.</param>
    /// <exception cref="ArgumentException">A stop sequence is empty.</exception>
    internal GeneratedText(IEnumerable<string> stops, int capacity = 256)
    {
        _bytes = new byte[capacity];
        _stops = [.. stops.Select(Encoding.UTF8.GetBytes)];
        if (_stops.Any(static stop => stop.Length == 0))
            throw new ArgumentException("A stop sequence is empty. Leave it out.", nameof(stops));
        _longestStop = _stops.Length == 0 ? 0 : _stops.Max(static s => s.Length);
    }

    /// <summary>Adds the bytes of a token.</summary>
    /// <returns>True when a stop sequence is complete; the text then ends before it.</returns>
    internal bool Append(ReadOnlySpan<byte> piece)
    {
        if (_length + piece.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + piece.Length));
        piece.CopyTo(_bytes.AsSpan(_length));
        var from = Math.Max(0, _length - _longestStop + 1);
        _length += piece.Length;
        var first = -1;
        foreach (var stop in _stops)
        {
            var index = _bytes.AsSpan(from, _length - from).IndexOf(stop);
            if (index >= 0 && (first < 0 || from + index < first))
                first = from + index;
        }

        if (first >= 0)
            _length = first;
        return first >= 0;
    }

    /// <summary>The text that later tokens cannot change; may be empty.</summary>
    internal string TakeSafe() => Take(_length - HeldBack(), flush: false);

    /// <summary>The rest of the text.</summary>
    internal string TakeRest() => Take(_length, flush: true);

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

    // The longest suffix of the text that is a prefix of a stop sequence.
    private int HeldBack()
    {
        for (var length = Math.Min(_longestStop - 1, _length); length > 0; length--)
        {
            var end = _bytes.AsSpan(_length - length, length);
            foreach (var stop in _stops)
            {
                if (stop.Length > length && stop.AsSpan(0, length).SequenceEqual(end))
                    return length;
            }
        }

        return 0;
    }
}
