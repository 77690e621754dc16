using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Gguf;

/// <summary>
/// How ggml packs elements: <paramref name="BlockLength"/> neighbours of a row share <paramref name="BlockBytes"/> bytes.
/// </summary>
/// <param name="BlockLength">Elements per block; a row's length is a multiple of it.</param>
/// <param name="BlockBytes">Bytes per block.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GgufTensorFormat(int BlockLength, int BlockBytes)
{
    private const int K = 256; // ggml's QK_K, the super block of the K and IQ formats

    /// <summary>The packing of a format, or null when ggml (at the pinned version) does not know it.</summary>
    public static GgufTensorFormat? Of(GgufTensorType type) => type switch
    {
        GgufTensorType.F32 or GgufTensorType.I32 => new(1, 4),
        GgufTensorType.F16 or GgufTensorType.BF16 or GgufTensorType.I16 => new(1, 2),
        GgufTensorType.F64 or GgufTensorType.I64 => new(1, 8),
        GgufTensorType.I8 => new(1, 1),
        GgufTensorType.Q4_0 or GgufTensorType.IQ4_NL => new(32, 2 + 16),
        GgufTensorType.Q4_1 => new(32, 4 + 16),
        GgufTensorType.Q5_0 => new(32, 2 + 4 + 16),
        GgufTensorType.Q5_1 => new(32, 4 + 4 + 16),
        GgufTensorType.Q8_0 => new(32, 2 + 32),
        GgufTensorType.Q8_1 => new(32, 4 + 32),
        GgufTensorType.Q2_K => new(K, 4 + K / 16 + K / 4),
        GgufTensorType.Q3_K => new(K, 2 + K / 4 + K / 8 + 12),
        GgufTensorType.Q4_K => new(K, 4 + K / 2 + 12),
        GgufTensorType.Q5_K => new(K, 4 + K / 2 + K / 8 + 12),
        GgufTensorType.Q6_K => new(K, 2 + K / 2 + K / 4 + K / 16),
        GgufTensorType.Q8_K => new(K, 4 + K + K / 8),
        GgufTensorType.IQ2_XXS => new(K, 2 + K / 4),
        GgufTensorType.IQ2_XS => new(K, 2 + K / 4 + K / 32),
        GgufTensorType.IQ3_XXS => new(K, 2 + K / 4 + K / 8),
        GgufTensorType.IQ1_S => new(K, 2 + K / 8 + K / 16),
        GgufTensorType.IQ3_S => new(K, 2 + K / 4 + K / 8 + K / 32 + 4),
        GgufTensorType.IQ2_S => new(K, 2 + K / 4 + K / 16),
        GgufTensorType.IQ4_XS => new(K, 4 + K / 2 + K / 64),
        GgufTensorType.IQ1_M => new(K, K / 8 + K / 16 + K / 32),
        GgufTensorType.TQ1_0 => new(K, 2 + 4 * 13),
        GgufTensorType.TQ2_0 => new(K, 2 + K / 4),
        GgufTensorType.MXFP4 => new(32, 1 + 16),
        GgufTensorType.NVFP4 => new(64, 4 + 32),
        GgufTensorType.Q1_0 => new(128, 2 + 16),
        GgufTensorType.Q2_0 => new(64, 2 + 16),
        _ => null,
    };
}
