using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Gguf;

/// <summary>
/// Writes a GGUF version 3 file: declare metadata and tensors, then <see cref="Write(string)"/>. Rows are pulled and packed one
/// at a time, so a model larger than memory can be written. Tensor formats: F32, F16, BF16 and Q8_0.
/// </summary>
internal sealed class GgufWriter
{
    private readonly OrderedDictionary<string, GgufValue> _values = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, (GgufTensorType Type, long[] Dimensions, GgufRowSource Rows)> _tensors =
        new(StringComparer.Ordinal);
    private int _alignment = GgufFile.DefaultAlignment;

    /// <summary>Adds a metadata scalar.</summary>
    /// <exception cref="ArgumentException">The key is empty or taken, or GGUF has no such type.</exception>
    public GgufWriter Add<T>(string key, T value) where T : notnull => Add(key, GgufValue.Scalar(value));

    /// <summary>Adds a metadata array.</summary>
    /// <exception cref="ArgumentException">The key is empty or taken, or GGUF has no such type.</exception>
    public GgufWriter AddArray<T>(string key, T[] values) where T : notnull => Add(key, GgufValue.Array(values));

    /// <summary>Adds a metadata value.</summary>
    /// <exception cref="ArgumentException">The key is empty or taken, or an alignment is not a power of two.</exception>
    public GgufWriter Add(string key, GgufValue value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (string.Equals(key, GgufFile.AlignmentKey, StringComparison.Ordinal))
        {
            if (value.Content is not uint alignment || alignment > 1 << 20 || !System.Numerics.BitOperations.IsPow2(alignment))
                throw new ArgumentException($"{key} must be a uint power of two, not {value}.", nameof(value));
            _alignment = (int)alignment;
        }
        if (!_values.TryAdd(key, value))
            throw new ArgumentException($"The metadata key '{key}' is set already.", nameof(key));
        return this;
    }

    /// <summary>Declares a tensor.</summary>
    /// <param name="name">At most 63 UTF-8 bytes.</param>
    /// <param name="type">F32, F16, BF16 or Q8_0.</param>
    /// <param name="dimensions">One to four extents, fastest-varying first: a matrix of R rows of C is <c>[C, R]</c>.</param>
    /// <param name="rows">Called while writing.</param>
    /// <exception cref="ArgumentException">The name, type or shape cannot be written.</exception>
    public GgufWriter AddTensor(string name, GgufTensorType type, IReadOnlyList<long> dimensions, GgufRowSource rows)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (GgufText.Encode(name).Length > GgufParser.MaxNameBytes)
            throw new ArgumentException($"The tensor name '{name}' has more than {GgufParser.MaxNameBytes} bytes.", nameof(name));
        if (!GgufRowCodec.Supports(type))
            throw new ArgumentException($"Tensor '{name}' cannot be packed as {type}: use F32, F16, BF16 or Q8_0.", nameof(type));
        if (dimensions.Count is 0 or > GgufParser.MaxDimensions || dimensions.Any(static d => d <= 0))
            throw new ArgumentException(
                $"Tensor '{name}' has the shape [{string.Join(", ", dimensions)}]; give one to four extents above 0.", nameof(dimensions));
        var block = GgufTensorFormat.Of(type)!.Value.BlockLength;
        if (dimensions[0] % block != 0 || dimensions[0] > int.MaxValue)
            throw new ArgumentException(
                $"Tensor '{name}' has rows of {dimensions[0]} elements; {type} needs a multiple of {block}. Use F16 for it.",
                nameof(dimensions));
        if (!_tensors.TryAdd(name, (type, [.. dimensions], rows)))
            throw new ArgumentException($"The tensor '{name}' is declared already.", nameof(name));
        return this;
    }

    /// <summary>
    /// Writes to a temporary file in the same folder and renames it, so that a half-written file never has the final name.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var partial = path + ".part";
        try
        {
            using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
                Write(stream);
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Writes to a stream from its present position, which counts as the file's start.</summary>
    public void Write(Stream stream)
    {
        var output = new Output(stream);
        output.Bytes("GGUF"u8);
        output.UInt32(GgufParser.CurrentVersion);
        output.UInt64((ulong)_tensors.Count);
        output.UInt64((ulong)_values.Count);
        foreach (var (key, value) in _values)
        {
            output.Text(key);
            output.UInt32((uint)value.Type);
            output.Value(value);
        }
        var offset = 0L;
        foreach (var (name, (type, dimensions, _)) in _tensors)
        {
            output.Text(name);
            output.UInt32((uint)dimensions.Length);
            foreach (var extent in dimensions)
                output.UInt64((ulong)extent);
            output.UInt32((uint)type);
            output.UInt64((ulong)offset);
            offset = GgufParser.Align(offset + RowBytes(type, dimensions) * RowCount(dimensions), _alignment);
        }
        foreach (var (_, (type, dimensions, rows)) in _tensors)
        {
            output.Pad(_alignment);
            var floats = new float[dimensions[0]];
            var packed = new byte[RowBytes(type, dimensions)];
            for (long row = 0, count = RowCount(dimensions); row < count; row++)
            {
                rows(row, floats);
                GgufRowCodec.Pack(type, floats, packed);
                output.Bytes(packed);
            }
        }
        output.Pad(_alignment);
        stream.Flush();
    }

    private static long RowCount(long[] dimensions) =>
        dimensions.Skip(1).Aggregate(1L, static (product, extent) => checked(product * extent));

    private static long RowBytes(GgufTensorType type, long[] dimensions)
    {
        var format = GgufTensorFormat.Of(type)!.Value;
        return dimensions[0] / format.BlockLength * format.BlockBytes;
    }

    private sealed class Output(Stream stream)
    {
        private long _position;

        public void Bytes(ReadOnlySpan<byte> bytes)
        {
            stream.Write(bytes);
            _position += bytes.Length;
        }

        public void Pad(int alignment)
        {
            while (_position % alignment != 0)
                Bytes([0]);
        }

        public void UInt32(uint value)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
            Bytes(bytes);
        }

        public void UInt64(ulong value)
        {
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
            Bytes(bytes);
        }

        public void Text(string text)
        {
            var bytes = GgufText.Encode(text);
            UInt64((ulong)bytes.Length);
            Bytes(bytes);
        }

        public void Value(GgufValue value)
        {
            if (value.Content is Array array)
            {
                UInt32((uint)value.ElementType!.Value);
                UInt64((ulong)array.Length);
            }
            switch (value.Content)
            {
                case string text: Text(text); break;
                case string[] texts: Array.ForEach(texts, Text); break;
                case GgufValue[] arrays: Array.ForEach(arrays, Value); break;
                case bool flag: Bytes([flag ? (byte)1 : (byte)0]); break;
                case bool[] flags: Bytes(Array.ConvertAll(flags, static f => f ? (byte)1 : (byte)0)); break;
                case byte v: Numbers<byte>([v]); break;
                case byte[] v: Numbers<byte>(v); break;
                case sbyte v: Numbers<sbyte>([v]); break;
                case sbyte[] v: Numbers<sbyte>(v); break;
                case ushort v: Numbers<ushort>([v]); break;
                case ushort[] v: Numbers<ushort>(v); break;
                case short v: Numbers<short>([v]); break;
                case short[] v: Numbers<short>(v); break;
                case uint v: Numbers<uint>([v]); break;
                case uint[] v: Numbers<uint>(v); break;
                case int v: Numbers<int>([v]); break;
                case int[] v: Numbers<int>(v); break;
                case float v: Numbers<float>([v]); break;
                case float[] v: Numbers<float>(v); break;
                case ulong v: Numbers<ulong>([v]); break;
                case ulong[] v: Numbers<ulong>(v); break;
                case long v: Numbers<long>([v]); break;
                case long[] v: Numbers<long>(v); break;
                case double v: Numbers<double>([v]); break;
                case double[] v: Numbers<double>(v); break;
                default: throw new InvalidOperationException($"GGUF has no encoding for {value}.");
            }
        }

        private void Numbers<T>(ReadOnlySpan<T> values) where T : unmanaged => Bytes(MemoryMarshal.AsBytes(values));
    }
}
