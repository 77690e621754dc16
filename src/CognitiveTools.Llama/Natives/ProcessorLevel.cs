using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace CognitiveTools.Llama.Natives;

/// <summary>
/// Which of LLamaSharp's CPU builds run on this processor. The same rule as LLamaSharp's own, so that both pick the same files.
/// </summary>
internal static class ProcessorLevel
{
    /// <summary>
    /// Folders of CPU builds that run here, the fastest first: <c>avx512</c>, <c>avx2</c>, <c>avx</c>, <c>noavx</c>. Empty on other
    /// architectures than x64, whose packages hold one build without a folder, and on processors older than SSE4.2.
    /// </summary>
    internal static IReadOnlyList<string> Folders { get; } =
        RuntimeInformation.ProcessArchitecture == Architecture.X64 ? [.. Supported()] : [];

    private static IEnumerable<string> Supported()
    {
        var hasAvx2 = Avx2.IsSupported && Fma.IsSupported && Bmi2.IsSupported;
        if (hasAvx2 && HasAvx512())
            yield return "avx512";
        if (hasAvx2)
            yield return "avx2";
        if (Avx.IsSupported)
            yield return "avx";
        if (Sse42.IsSupported)
            yield return "noavx";
    }

    // The package's avx512 build has no VNNI or VBMI instruction, but LLamaSharp asks for both.
    private static bool HasAvx512()
    {
        if (!(Avx512F.VL.IsSupported && Avx512BW.IsSupported && Avx512CD.IsSupported && Avx512DQ.IsSupported && Avx512Vbmi.IsSupported))
            return false;
        const int vnni = 1 << 11;
        return (X86Base.CpuId(7, 0).Ecx & vnni) != 0;
    }
}
