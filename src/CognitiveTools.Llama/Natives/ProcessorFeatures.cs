using System.Runtime.Intrinsics.X86;
using X86 = System.Runtime.Intrinsics.X86;

namespace CognitiveTools.Llama.Natives;

/// <summary>
/// The instruction sets by which the x64 builds of llama.cpp differ, as the operating system allows them.
/// </summary>
internal sealed record ProcessorFeatures
{
    internal bool Sse42 { get; init; }

    internal bool Avx { get; init; }

    internal bool Avx2 { get; init; }

    internal bool Fma { get; init; }

    internal bool Bmi2 { get; init; }

    /// <summary>AVX-512 with F, VL, BW, CD and DQ.</summary>
    internal bool Avx512 { get; init; }

    internal bool Avx512Vbmi { get; init; }

    internal bool Avx512Vnni { get; init; }

    internal static ProcessorFeatures OfThisProcessor()
    {
        const int Vnni = 1 << 11;
        return new()
        {
            Sse42 = X86.Sse42.IsSupported,
            Avx = X86.Avx.IsSupported,
            Avx2 = X86.Avx2.IsSupported,
            Fma = X86.Fma.IsSupported,
            Bmi2 = X86.Bmi2.IsSupported,
            Avx512 = Avx512F.VL.IsSupported && Avx512BW.IsSupported && Avx512CD.IsSupported && Avx512DQ.IsSupported,
            Avx512Vbmi = X86.Avx512Vbmi.IsSupported,
            Avx512Vnni = X86Base.IsSupported && (X86Base.CpuId(7, 0).Ecx & Vnni) != 0,
        };
    }
}
