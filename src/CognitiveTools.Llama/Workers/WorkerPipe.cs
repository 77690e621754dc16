using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CognitiveTools.Llama.Workers;

/// <summary>A message with rows of floats after it.</summary>
/// <param name="Message">What is sent as JSON.</param>
/// <param name="Rows">Hidden states, logits or embeddings, one row after the other; mostly none.</param>
internal readonly record struct WorkerFrame<T>(T Message, float[] Rows);

/// <summary>
/// Writes and reads frames: the length of a JSON text in bytes, a number of floats (32 bits each), the text, and the floats
/// as they are in memory, in this machine's byte order, which the other side shares. Writing is thread-safe, reading is for
/// one thread; both block.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The pipe's creator owns the streams; disposing a buffer would close them.")]
internal sealed class WorkerPipe<TOut, TIn>(Stream output, JsonTypeInfo<TOut> outgoing, Stream input, JsonTypeInfo<TIn> incoming)
{
    private const int Buffer = 1 << 16;
    private const int Longest = 1 << 30; // bytes of text, and floats: a larger value is not a length but foreign output

    private readonly BufferedStream _output = new(output, Buffer), _input = new(input, Buffer);
    private readonly Lock _gate = new();
    private byte[] _unframed = [];

    /// <exception cref="IOException">The other side is gone.</exception>
    internal void Write(TOut message, ReadOnlySpan<float> rows = default)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(message, outgoing);
        ReadOnlySpan<int> lengths = [text.Length, rows.Length];
        lock (_gate)
        {
            _output.Write(MemoryMarshal.AsBytes(lengths));
            _output.Write(text);
            _output.Write(MemoryMarshal.AsBytes(rows));
            _output.Flush();
        }
    }

    /// <summary>What came instead of a frame, with the text after it. For the end of a pipe, when the other side is gone.</summary>
    /// <param name="most">Bytes that are read at most.</param>
    internal string ReadUnframed(int most)
    {
        var rest = new byte[most];
        var got = _input.ReadAtLeast(rest, most, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString([.. _unframed, .. rest.AsSpan(0, got)]);
    }

    /// <returns>The next frame; <see langword="null"/> when the other side has closed the pipe.</returns>
    /// <exception cref="EndOfStreamException">The pipe ends within a frame.</exception>
    /// <exception cref="InvalidDataException">What came is not a frame.</exception>
    internal WorkerFrame<TIn>? Read()
    {
        Span<int> lengths = stackalloc int[2];
        var header = MemoryMarshal.AsBytes(lengths);
        var got = _input.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (got == 0)
            return null;
        if (got < header.Length)
            throw new EndOfStreamException();
        if (lengths[0] is <= 0 or > Longest || lengths[1] is < 0 or > Longest)
        {
            _unframed = header.ToArray();
            throw new InvalidDataException("The input of the pipe is not a frame. A worker is started by LlamaWorker, not by hand.");
        }

        var text = new byte[lengths[0]];
        var rows = new float[lengths[1]];
        _input.ReadExactly(text);
        _input.ReadExactly(MemoryMarshal.AsBytes(rows.AsSpan()));
        return new(JsonSerializer.Deserialize(text, incoming) ?? throw new InvalidDataException("A frame holds no message."), rows);
    }
}
