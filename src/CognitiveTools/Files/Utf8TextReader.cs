using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace CognitiveTools.Files;

/// <summary>
/// Reads text that somebody else wrote: strict UTF-8, line by line, within limits. Bytes that are not UTF-8, a line or a file
/// beyond its limit end the reading with an <see cref="InvalidDataException"/> that names file and line, so that no character
/// is replaced silently and memory stays bounded. A byte order mark of UTF-8 is passed over.
/// </summary>
internal sealed class Utf8TextReader : TextReader
{
    /// <summary>Bytes that one line may have unless the caller says otherwise.</summary>
    public const int UsualLineBytes = 64 << 20;

    /// <summary>Bytes that a text held in memory as a whole may have.</summary>
    public const int MostWholeBytes = 256 << 20;

    /// <summary>Bytes that a file may have that is read line by line.</summary>
    public const long MostFileBytes = 4L << 30;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Stream _stream;
    private readonly string _file;
    private readonly int _mostLineBytes;
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private long _read;
    private bool _ended;
    private string _text = ""; // the line being handed out character by character, its end included
    private int _at;

    /// <summary>Reads a stream, which the reader then owns.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="mostLineBytes">Bytes that one line may have.</param>
    /// <exception cref="InvalidDataException">The text begins as UTF-16 or UTF-32.</exception>
    public Utf8TextReader(Stream stream, string file, int mostLineBytes = UsualLineBytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostLineBytes, 1);
        (_stream, _file, _mostLineBytes) = (stream, file, mostLineBytes);
        while (_end < 4 && More())
        {
        }

        RefuseOtherEncodings(_buffer.AsSpan(0, _end));
        if (_buffer.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble))
            _start = 3;
    }

    /// <summary>Number of the line that was read last, from 1; 0 before the first.</summary>
    public int Line { get; private set; }

    /// <summary>The first character that is not white space, when it is ASCII and near the beginning; otherwise U+0000. Moves
    /// nothing.</summary>
    public char FirstMark
    {
        get
        {
            var bytes = _buffer.AsSpan(_start, _end - _start).TrimStart(" \t\r\n"u8);
            return Line == 0 && bytes.Length > 0 && bytes[0] < 0x80 ? (char)bytes[0] : '\0';
        }
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostLineBytes">Bytes that one line may have.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The text begins as UTF-16 or UTF-32.</exception>
    public static Utf8TextReader Open(string path, int mostLineBytes = UsualLineBytes)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        try
        {
            return new Utf8TextReader(stream, path, mostLineBytes);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads a small file as a whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">Bytes that it may have.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is longer, or not UTF-8; the message names file and line.</exception>
    public static string ReadFile(string path, int mostBytes)
    {
        using var reader = Open(path);
        return reader.ReadWhole(mostBytes);
    }

    /// <inheritdoc/>
    public override string? ReadLine()
    {
        if (_at == _text.Length && !NextLine())
            return null;
        var line = _text.AsSpan(_at);
        _at = _text.Length;
        return line.EndsWith("\r\n", StringComparison.Ordinal) ? line[..^2].ToString()
            : line is [.., '\n' or '\r'] ? line[..^1].ToString()
            : line.ToString();
    }

    /// <inheritdoc/>
    public override int Peek() => _at == _text.Length && !NextLine() ? -1 : _text[_at];

    /// <inheritdoc/>
    public override int Read() => _at == _text.Length && !NextLine() ? -1 : _text[_at++];

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override int Read(Span<char> buffer)
    {
        if (buffer.IsEmpty || (_at == _text.Length && !NextLine()))
            return 0;
        var part = _text.AsSpan(_at, Math.Min(buffer.Length, _text.Length - _at));
        part.CopyTo(buffer);
        _at += part.Length;
        return part.Length;
    }

    /// <inheritdoc/>
    public override string ReadToEnd() => ReadWhole(MostWholeBytes);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _stream.Dispose();
        base.Dispose(disposing);
    }

    private string ReadWhole(int mostBytes)
    {
        while (More(mostBytes))
        {
        }

        if (_end - _start > mostBytes)
            throw TooLong(Line + 1, "the file", mostBytes, "Give a smaller file.");
        var bytes = _buffer.AsSpan(_start, _end - _start);
        RefuseOtherBytes(bytes, Line + 1);
        var text = _text[_at..] + Strict.GetString(bytes);
        (_at, _start) = (_text.Length, _end);
        return text;
    }

    private bool NextLine()
    {
        var searched = 0;
        while (true)
        {
            var left = _buffer.AsSpan(_start, _end - _start);
            var found = left[searched..].IndexOfAny((byte)'\n', (byte)'\r');
            if (found >= 0)
            {
                searched += found;
                var isReturn = left[searched] == '\r';
                if (!isReturn || searched + 1 < left.Length || _ended)
                    return Take(searched + (isReturn && searched + 1 < left.Length && left[searched + 1] == '\n' ? 2 : 1));
            }
            else
            {
                searched = left.Length;
            }

            if (searched > _mostLineBytes)
                throw TooLong(Line + 1, "the line", _mostLineBytes, "Break the file into lines, or leave the row out.");
            if (!More())
                return _end > _start && Take(_end - _start);
        }
    }

    private bool Take(int length)
    {
        Line++;
        var bytes = _buffer.AsSpan(_start, length);
        RefuseOtherBytes(bytes, Line);
        (_text, _at) = (Strict.GetString(bytes), 0);
        _start += length;
        return true;
    }

    // Reads more bytes behind those at hand; at most as many that the buffer holds one byte beyond the limit.
    private bool More(int most = int.MaxValue - 1)
    {
        if (_ended || _end - _start > most)
            return false;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, (int)Math.Min(2L * _buffer.Length, Array.MaxLength));
        var count = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        _read += count;
        _ended = count == 0;
        if (_read > MostFileBytes)
            throw TooLong(Line + 1, "the file", MostFileBytes, "Split it.");
        return !_ended;
    }

    private InvalidDataException TooLong(int line, string what, long most, string remedy) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{_file}:{line}: {what} is longer than {Size(most)}. {remedy}"));

    private static string Size(long bytes) =>
        bytes >= 1 << 30 ? $"{bytes >> 30} GiB" : bytes >= 1 << 20 ? $"{bytes >> 20} MiB" : $"{bytes >> 10} KiB";

    private void RefuseOtherEncodings(ReadOnlySpan<byte> head)
    {
        var name = head switch
        {
            [0xff, 0xfe, 0, 0, ..] or [0, 0, 0xfe, 0xff, ..] => "UTF-32",
            [0xff, 0xfe, ..] or [0xfe, 0xff, ..] or [not 0, 0, not 0, 0, ..] or [0, not 0, 0, not 0, ..] => "UTF-16",
            [0, 0, ..] => "binary data",
            _ => null,
        };
        if (name is not null)
            throw new InvalidDataException($"{_file}:1: is {name}, not text in UTF-8. Save the file as UTF-8.");
    }

    private void RefuseOtherBytes(ReadOnlySpan<byte> bytes, int line)
    {
        if (Utf8.IsValid(bytes))
            return;
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == OperationStatus.Done)
            at += length;
        line += bytes[..at].Count((byte)'\n');
        throw new InvalidDataException(
            $"{_file}:{line}: is not UTF-8 (byte 0x{bytes[at]:X2}). Save the file as UTF-8; programs on Windows often save Windows-1252 "
                + "and call it ANSI.");
    }
}
