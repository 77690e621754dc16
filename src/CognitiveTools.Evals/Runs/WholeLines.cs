namespace CognitiveTools.Evals.Runs;

/// <summary>Receives a line of a log without its line break.</summary>
internal delegate void WholeLine(ReadOnlySpan<byte> line);

/// <summary>Reads a log that may still be written: bytes after the last line break are a record that is not finished.</summary>
internal static class WholeLines
{
    private const int Least = 1 << 10, Page = 1 << 20;

    /// <summary>Gives every whole line from the stream's position to its end, and returns how many bytes these lines have.</summary>
    public static long Read(Stream stream, WholeLine received)
    {
        var buffer = new byte[(int)Math.Clamp(stream.Length - stream.Position, Least, Page)];
        var (held, whole) = (0, 0L);
        while (stream.Read(buffer, held, buffer.Length - held) is > 0 and var count)
        {
            held += count;
            var start = 0;
            while (buffer.AsSpan(start, held - start).IndexOf((byte)'\n') is var end and >= 0)
            {
                received(buffer.AsSpan(start, end));
                start += end + 1;
            }

            (whole, held) = (whole + start, held - start);
            buffer.AsSpan(start, held).CopyTo(buffer);
            if (held == buffer.Length)
                Array.Resize(ref buffer, 2 * buffer.Length);
        }

        return whole;
    }
}
