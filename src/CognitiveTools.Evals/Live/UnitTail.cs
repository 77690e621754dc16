using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Live;

/// <summary>What a look at a log found.</summary>
/// <param name="Anew">Whether what was read before is void: the file is another one, or it lost records.</param>
/// <param name="Records">The records that were not read before, in the order of the file.</param>
internal sealed record TailRead(bool Anew, IReadOnlyList<UnitRecord> Records);

/// <summary>
/// Reads what was appended to a log since the last look. It opens the file for the time of a look only, as one that others may write,
/// replace and remove. A damaged line is left out and named; the lines after it are read.
/// </summary>
/// <param name="path">The log; it need not be there yet.</param>
internal sealed class UnitTail(string path)
{
    // The end of a record has its time and its transcript's hash, so another file has other bytes there.
    private const int LongestMark = 512;

    private byte[] _mark = [];
    private long _position;
    private int _line;

    /// <summary>Lines that are damaged or of a newer program.</summary>
    public int DamagedLines { get; private set; }

    /// <summary>The first of them, with the remedy; <see langword="null"/> without one.</summary>
    public string? Damage { get; private set; }

    /// <summary>Reads on.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public TailRead Read()
    {
        if (!File.Exists(path))
            return new TailRead(Forget(), []);
        using var stream = RunFiles.OpenShared(path);
        var isAnother = !Continues(stream) && Forget();
        var records = new List<UnitRecord>();
        if (stream.Length == _position)
            return new TailRead(isAnother, records);
        stream.Position = _position;
        var bytes = WholeLines.Read(stream, line => Take(line, records));
        if (bytes > 0)
        {
            _position += bytes;
            _mark = ReadMark(stream, (int)Math.Min(LongestMark, _position));
        }

        return new TailRead(isAnother, records);
    }

    /// <summary>Begins at the start of the file again at the next look.</summary>
    /// <returns>Whether anything had been read.</returns>
    public bool Forget()
    {
        var hadRead = _position > 0;
        (_mark, _position, _line, DamagedLines, Damage) = ([], 0, 0, 0, null);
        return hadRead;
    }

    // A resumed run loses a torn last line at most, which lies behind the position.
    private bool Continues(FileStream stream) =>
        stream.Length >= _position && ReadMark(stream, _mark.Length).AsSpan().SequenceEqual(_mark);

    private byte[] ReadMark(FileStream stream, int length)
    {
        var mark = new byte[length];
        stream.Position = _position - length;
        return stream.ReadAtLeast(mark, length, throwOnEndOfStream: false) == length ? mark : [];
    }

    private void Take(ReadOnlySpan<byte> line, List<UnitRecord> records)
    {
        try
        {
            if (RunFiles.ReadUnit(line, path, ++_line) is { } record)
                records.Add(record);
        }
        catch (InvalidDataException damage)
        {
            DamagedLines++;
            Damage ??= damage.Message;
        }
    }
}
