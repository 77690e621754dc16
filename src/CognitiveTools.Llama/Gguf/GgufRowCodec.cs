using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Gguf;

/// <summary>Packs and unpacks rows in the formats without tables: F32, F16, BF16 and Q8_0.</summary>
internal static class GgufRowCodec
{
    public static bool Supports(GgufTensorType type) =>
        type is GgufTensorType.F32 or GgufTensorType.F16 or GgufTensorType.BF16 or GgufTensorType.Q8_0;

    public static void Pack(GgufTensorType type, ReadOnlySpan<float> row, Span<byte> destination)
    {
        switch (type)
        {
            case GgufTensorType.F32:
                MemoryMarshal.AsBytes(row).CopyTo(destination);
                break;
            case GgufTensorType.F16:
                var halves = MemoryMarshal.Cast<byte, Half>(destination);
                for (var i = 0; i < row.Length; i++)
                    halves[i] = (Half)row[i];
                break;
            case GgufTensorType.BF16:
                var brains = MemoryMarshal.Cast<byte, ushort>(destination);
                for (var i = 0; i < row.Length; i++)
                    brains[i] = ToBrain(row[i]);
                break;
            case GgufTensorType.Q8_0:
                for (var block = 0; block < row.Length / Q8.Length; block++)
                    PackQ8(row.Slice(block * Q8.Length, Q8.Length), destination.Slice(block * Q8.Bytes, Q8.Bytes));
                break;
            default:
                throw Unsupported(type);
        }
    }

    public static void Unpack(GgufTensorType type, ReadOnlySpan<byte> packed, Span<float> destination)
    {
        switch (type)
        {
            case GgufTensorType.F32:
                packed.CopyTo(MemoryMarshal.AsBytes(destination));
                break;
            case GgufTensorType.F16:
                var halves = MemoryMarshal.Cast<byte, Half>(packed);
                for (var i = 0; i < destination.Length; i++)
                    destination[i] = (float)halves[i];
                break;
            case GgufTensorType.BF16:
                var brains = MemoryMarshal.Cast<byte, ushort>(packed);
                for (var i = 0; i < destination.Length; i++)
                    destination[i] = BitConverter.UInt32BitsToSingle((uint)brains[i] << 16);
                break;
            case GgufTensorType.Q8_0:
                for (var i = 0; i < destination.Length; i++)
                {
                    var block = packed.Slice(i / Q8.Length * Q8.Bytes, Q8.Bytes);
                    destination[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(block) * (sbyte)block[2 + i % Q8.Length];
                }
                break;
            default:
                throw Unsupported(type);
        }
    }

    /// <summary>ggml's reference: scale = max/127 stored as half, values rounded half away from zero with the unrounded scale.</summary>
    private static void PackQ8(ReadOnlySpan<float> values, Span<byte> block)
    {
        var largest = 0f;
        foreach (var value in values)
            largest = Math.Max(largest, Math.Abs(value));
        var scale = largest / sbyte.MaxValue;
        var inverse = scale == 0 ? 0 : 1 / scale;
        BinaryPrimitives.WriteHalfLittleEndian(block, (Half)scale);
        for (var i = 0; i < values.Length; i++)
            block[2 + i] = (byte)(sbyte)MathF.Round(values[i] * inverse, MidpointRounding.AwayFromZero);
    }

    private static ushort ToBrain(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value)
            ? (ushort)((bits >> 16) | 0x40) // rounding could turn a NaN into an infinity, so a quiet NaN is kept
            : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    private static NotSupportedException Unsupported(GgufTensorType type)
        => new($"Rows of type {type} are packed and unpacked by ggml only. This code supports F32, F16, BF16 and Q8_0.");

    private static class Q8
    {
        public const int Length = 32;
        public const int Bytes = 34;
    }
}
