using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Kernels;

/// <summary>
/// What the kernels share. Each goes once over memory where a chain of operations goes many times; together they make training 16 to 21%
/// faster on one thread (0.7 to 6 million parameters). They are for Float32 on the CPU and for rows that are multiples of 16 long.
/// </summary>
internal static class KernelMemory
{
    /// <summary>Floats that the kernels take at a time.</summary>
    public const int Lanes = 16;

    /// <summary>The tensor's own memory.</summary>
    public static Span<float> Of(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>The tensor, copied when its elements do not lie one behind the other.</summary>
    public static Tensor Dense(Tensor tensor) => tensor.is_contiguous() ? tensor : tensor.contiguous();
}
