using System.Buffers.Binary;
using System.Globalization;

namespace CognitiveTools.Llama.Gguf;

/// <summary>Parses the header, the key-value pairs and the tensor table, which padding separates from the data section.</summary>
internal static class GgufParser
{
    /// <summary>llama.cpp's GGML_MAX_DIMS.</summary>
    internal const int MaxDimensions = 4;

    /// <summary>llama.cpp's GGML_MAX_NAME less the terminating zero, in UTF-8 bytes.</summary>
    internal const int MaxNameBytes = 63;

    internal const uint CurrentVersion = 3;

    // llama.cpp compares each key and each tensor's name with all before it; real models have some hundred keys and at most some thousand
    // tensors.
    private const int MaxKeys = 10_000;
    private const int MaxTensors = 20_000;

    private const int MaxNesting = 4;
    private const int MaxAlignment = 1 << 20;

    public static GgufContents Parse(GgufCursor cursor, string path)
    {
        var version = ReadVersion(cursor);
        cursor.Field = "tensor count";
        // the smallest entry has an empty name, 0 dimensions, a type and an offset
        var tensorCount = cursor.ReadCount(8 + 4 + 4 + 8, "tensors", MaxTensors);
        cursor.Field = "metadata count";
        var valueCount = cursor.ReadCount(8 + 1 + 4 + 1, "key-value pairs", MaxKeys);

        var values = new OrderedDictionary<string, GgufValue>(StringComparer.Ordinal);
        for (var i = 0; i < valueCount; i++)
        {
            cursor.Field = $"metadata key {i}";
            var key = cursor.ReadString();
            if (key.Length == 0)
                throw cursor.Fail("the key is empty");
            cursor.Field = key;
            if (!values.TryAdd(key, ReadValue(cursor, ReadType(cursor), depth: 0)))
                throw cursor.Fail("the key occurs twice");
        }

        var metadata = new GgufMetadata(path, values);
        var alignment = ReadAlignment(cursor, metadata);
        var tensors = ReadTensorTable(cursor, tensorCount);
        var dataOffset = Align(cursor.Position, alignment);
        return new(version, metadata, Place(cursor, path, tensors, dataOffset, alignment), alignment, dataOffset);
    }

    internal static long Align(long offset, int alignment) => (offset + alignment - 1) & -alignment;

    private static uint ReadVersion(GgufCursor cursor)
    {
        cursor.Field = "magic";
        if (cursor.Remaining == 0)
            throw cursor.Fail("the file is empty", "Get the model again: a download or a copy of it has failed.");
        var magic = cursor.Take(4);
        if (!magic.SequenceEqual("GGUF"u8))
            throw cursor.Fail(
                $"starts with {Shown(magic)}, not with 'GGUF'",
                magic.SequenceEqual("vers"u8)
                    ? "It looks like a pointer of Git LFS, which a clone without `git lfs` has in the model's place: run `git lfs pull`."
                    : "This is not a GGUF model: choose a .gguf file, or convert the model with llama.cpp's converter.");
        cursor.Field = "version";
        var version = cursor.ReadUInt32();
        if (version is 2 or CurrentVersion)
            return version;
        if ((version & 0xFFFF) == 0 && BinaryPrimitives.ReverseEndianness(version) is 2 or CurrentVersion)
            throw cursor.Fail("the file is big-endian", "Get the little-endian version of the model.");
        throw cursor.Fail($"version {version} is not supported (2 and 3 are)", "Convert the model again with a current llama.cpp.");
    }

    private static string Shown(ReadOnlySpan<byte> start) => start.ContainsAnyExceptInRange((byte)' ', (byte)'~')
        ? $"the bytes {Convert.ToHexString(start)}"
        : $"'{System.Text.Encoding.ASCII.GetString(start)}'";

    private static GgufValueType ReadType(GgufCursor cursor)
    {
        var type = cursor.ReadUInt32();
        return type <= (uint)GgufValueType.Double
            ? (GgufValueType)type
            : throw cursor.Fail($"unknown value type {type}");
    }

    private static GgufValue ReadValue(GgufCursor cursor, GgufValueType type, int depth) => type switch
    {
        GgufValueType.String => GgufValue.Scalar(cursor.ReadString()),
        GgufValueType.Array => ReadArray(cursor, depth),
        GgufValueType.Boolean => GgufValue.Scalar(cursor.Take(1)[0] != 0),
        GgufValueType.Byte => Scalar<byte>(cursor),
        GgufValueType.SByte => Scalar<sbyte>(cursor),
        GgufValueType.UInt16 => Scalar<ushort>(cursor),
        GgufValueType.Int16 => Scalar<short>(cursor),
        GgufValueType.UInt32 => Scalar<uint>(cursor),
        GgufValueType.Int32 => Scalar<int>(cursor),
        GgufValueType.Single => Scalar<float>(cursor),
        GgufValueType.UInt64 => Scalar<ulong>(cursor),
        GgufValueType.Int64 => Scalar<long>(cursor),
        GgufValueType.Double => Scalar<double>(cursor),
        _ => throw cursor.Fail($"unknown value type {type}"),
    };

    private static GgufValue Scalar<T>(GgufCursor cursor) where T : unmanaged
        => GgufValue.Scalar(
            System.Runtime.InteropServices.MemoryMarshal.Read<T>(cursor.Take(System.Runtime.CompilerServices.Unsafe.SizeOf<T>())));

    private static GgufValue ReadArray(GgufCursor cursor, int depth)
    {
        if (depth >= MaxNesting)
            throw cursor.Fail($"arrays are nested deeper than {MaxNesting}");
        var type = ReadType(cursor);
        // a string has at least its length, an array at least its element type and count
        var count = cursor.ReadCount(GgufValue.SizeOf(type) ?? (type == GgufValueType.String ? 8 : 12), $"elements of type {type}");
        switch (type)
        {
            case GgufValueType.String:
                var strings = new string[count];
                for (var i = 0; i < count; i++)
                    strings[i] = cursor.ReadString();
                return GgufValue.Array(strings);
            case GgufValueType.Array:
                var arrays = new GgufValue[count];
                for (var i = 0; i < count; i++)
                    arrays[i] = ReadArray(cursor, depth + 1);
                return GgufValue.Nested(arrays);
            case GgufValueType.Boolean:
                return GgufValue.Array(Array.ConvertAll(cursor.ReadNumbers<byte>(count), static b => b != 0));
            case GgufValueType.Byte: return GgufValue.Array(cursor.ReadNumbers<byte>(count));
            case GgufValueType.SByte: return GgufValue.Array(cursor.ReadNumbers<sbyte>(count));
            case GgufValueType.UInt16: return GgufValue.Array(cursor.ReadNumbers<ushort>(count));
            case GgufValueType.Int16: return GgufValue.Array(cursor.ReadNumbers<short>(count));
            case GgufValueType.UInt32: return GgufValue.Array(cursor.ReadNumbers<uint>(count));
            case GgufValueType.Int32: return GgufValue.Array(cursor.ReadNumbers<int>(count));
            case GgufValueType.Single: return GgufValue.Array(cursor.ReadNumbers<float>(count));
            case GgufValueType.UInt64: return GgufValue.Array(cursor.ReadNumbers<ulong>(count));
            case GgufValueType.Int64: return GgufValue.Array(cursor.ReadNumbers<long>(count));
            case GgufValueType.Double: return GgufValue.Array(cursor.ReadNumbers<double>(count));
            default: throw cursor.Fail($"unknown element type {type}");
        }
    }

    private static int ReadAlignment(GgufCursor cursor, GgufMetadata metadata)
    {
        cursor.Field = GgufFile.AlignmentKey;
        if (!metadata.TryGetValue(GgufFile.AlignmentKey, out var value))
            return GgufFile.DefaultAlignment;
        if (value.Content is not uint alignment)
            throw cursor.Fail($"holds {value}, but must be a UInt32");
        if (alignment is 0 or > MaxAlignment || !System.Numerics.BitOperations.IsPow2(alignment))
            throw cursor.Fail($"{alignment} is not a power of two up to {MaxAlignment}");
        return (int)alignment;
    }

    private static List<(string Name, GgufTensorType Type, long[] Dimensions, long Bytes, long RelativeOffset)> ReadTensorTable(
        GgufCursor cursor, int count)
    {
        var tensors = new List<(string, GgufTensorType, long[], long, long)>(count);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            cursor.Field = $"tensor {i} name";
            var name = cursor.ReadString();
            if (GgufText.Encode(name).Length > MaxNameBytes)
                throw cursor.Fail($"the name has more than {MaxNameBytes} bytes");
            if (!names.Add(name))
                throw cursor.Fail($"the tensor name '{name}' occurs twice");
            cursor.Field = $"tensor '{name}'";
            var rank = cursor.ReadUInt32();
            if (rank > MaxDimensions)
                throw cursor.Fail($"has {rank} dimensions, more than {MaxDimensions}");
            var dimensions = new long[rank];
            for (var d = 0; d < rank; d++)
            {
                dimensions[d] = (long)cursor.ReadUInt64();
                if (dimensions[d] <= 0)
                    throw cursor.Fail(string.Create(CultureInfo.InvariantCulture, $"dimension {d} is {(ulong)dimensions[d]}"));
            }
            var type = (GgufTensorType)cursor.ReadUInt32();
            var bytes = SizeInBytes(cursor, type, dimensions);
            tensors.Add((name, type, dimensions, bytes, (long)cursor.ReadUInt64()));
        }
        return tensors;
    }

    private static long SizeInBytes(GgufCursor cursor, GgufTensorType type, long[] dimensions)
    {
        if (GgufTensorFormat.Of(type) is not { } format)
            throw cursor.Fail(
                $"tensor type {(uint)type} is unknown",
                "The file is damaged, or made for another llama.cpp: get the model in a format such as Q4_K_M or Q8_0.");
        var row = dimensions.Length == 0 ? 1 : dimensions[0];
        if (row % format.BlockLength != 0)
            throw cursor.Fail($"rows of {row} elements are not a multiple of {type}'s block of {format.BlockLength}");
        try
        {
            var size = checked(row / format.BlockLength * format.BlockBytes);
            foreach (var extent in dimensions.AsSpan(Math.Min(1, dimensions.Length)))
                size = checked(size * extent);
            return size;
        }
        catch (OverflowException)
        {
            throw cursor.Fail($"the size of {string.Join(" x ", dimensions)} elements overflows 64 bits");
        }
    }

    /// <summary>llama.cpp requires tensors back to back in table order, each padded to the alignment.</summary>
    private static GgufTensor[] Place(
        GgufCursor cursor, string path, List<(string Name, GgufTensorType Type, long[] Dimensions, long Bytes, long RelativeOffset)> table,
        long dataOffset, int alignment)
    {
        var length = cursor.Position + cursor.Remaining;
        var tensors = new GgufTensor[table.Count];
        var expected = 0L;
        for (var i = 0; i < tensors.Length; i++)
        {
            var (name, type, dimensions, bytes, relative) = table[i];
            var field = $"tensor '{name}'";
            if (relative != expected)
                throw new GgufException(
                    path, field, null, $"its data starts at {(ulong)relative}, but the tensors before it end at {expected}",
                    GgufException.DamagedRemedy);
            if (dataOffset + relative > length - bytes)
                throw new GgufException(
                    path, field, dataOffset + relative, $"its {bytes} bytes go beyond the end of the file ({length} bytes)",
                    "The file is incomplete: resume or repeat the download.");
            tensors[i] = new(name, type, dimensions, dataOffset + relative, bytes);
            expected = Align(expected + bytes, alignment);
        }
        return tensors;
    }
}
