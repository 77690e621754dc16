using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CognitiveTools.Llama.Gguf;

/// <summary>Reads forward through a file, and checks every length against the rest of the file before it allocates.</summary>
internal sealed class GgufCursor(SafeFileHandle handle, string path, long length)
{
    /// <summary>Far above any real metadata (chat templates have kilobytes), far below a dangerous size.</summary>
    private const long MaxStringBytes = 64L << 20;

    /// <summary>Vocabularies end below a million entries.</summary>
    private const long MaxArrayElements = 16L << 20;

    /// <summary>Keys, vocabulary and tensor table together; the largest real ones have tens of megabytes.</summary>
    private const long MaxHeaderBytes = 512L << 20;

    private readonly byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;
    private long _bufferOffset;

    /// <summary>The field that is read now, for error messages.</summary>
    public string Field { get; set; } = "header";

    public long Position => _bufferOffset + _start;

    public long Remaining => length - Position;

    public GgufException Fail(string problem, string remedy = GgufException.DamagedRemedy) => new(path, Field, Position, problem, remedy);

    public void Require(long bytes, string what)
    {
        if (bytes > Remaining)
            throw Fail($"{what} needs {bytes} bytes, but only {Remaining} are left in the file");
    }

    /// <summary>A 64-bit count of elements that take at least <paramref name="minimumBytes"/> bytes each.</summary>
    public int ReadCount(int minimumBytes, string what, long most = MaxArrayElements)
    {
        var count = ReadUInt64();
        if (count > (ulong)most)
            throw Fail($"claims {count} {what}, above the limit of {most}");
        Require((long)count * minimumBytes, $"{count} {what}");
        return (int)count;
    }

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public string ReadString()
    {
        var bytes = ReadUInt64();
        if (bytes > MaxStringBytes)
            throw Fail($"claims a string of {bytes} bytes, above the limit of {MaxStringBytes}");
        Require((long)bytes, $"a string of {bytes} bytes");
        var size = (int)bytes;
        if (size <= _buffer.Length)
            return GgufText.Decode(Take(size));
        var big = new byte[size];
        ReadInto(big);
        return GgufText.Decode(big);
    }

    /// <summary>Little-endian numbers; the caller has checked that they fit in the file.</summary>
    public T[] ReadNumbers<T>(int count) where T : unmanaged
    {
        var numbers = new T[count];
        ReadInto(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }

    /// <summary>The next bytes; valid until the next read.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (_end - _start < count)
        {
            Require(count, "the value");
            Fill(count);
        }
        var span = _buffer.AsSpan(_start, count);
        _start += count;
        return span;
    }

    private void ReadInto(Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            var chunk = Take(Math.Min(destination.Length, _buffer.Length));
            chunk.CopyTo(destination);
            destination = destination[chunk.Length..];
        }
    }

    private void Fill(int count)
    {
        _bufferOffset += _start;
        if (_bufferOffset > MaxHeaderBytes)
            throw Fail($"metadata and tensor table are longer than the limit of {MaxHeaderBytes} bytes");
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        while (_end < count)
        {
            var read = RandomAccess.Read(handle, _buffer.AsSpan(_end), _bufferOffset + _end);
            if (read == 0)
                throw Fail("the file became shorter while it was read", "Wait until no program writes to it, then try again.");
            _end += read;
        }
    }
}
