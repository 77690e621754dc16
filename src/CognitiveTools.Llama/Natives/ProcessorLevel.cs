using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Natives;

/// <summary>
/// Which of LLamaSharp's CPU builds run on a processor. The same rule as LLamaSharp's own, so that both pick the same files.
/// </summary>
internal static class ProcessorLevel
{
    private const string Avx512 = "avx512", Avx2 = "avx2", Avx = "avx", NoAvx = "noavx";

    /// <summary>Names of the folders, the fastest first.</summary>
    internal static IReadOnlyList<string> All { get; } = [Avx512, Avx2, Avx, NoAvx];

    /// <summary>
    /// Folders of CPU builds that run here, the fastest first. Empty on other architectures than x64, whose packages hold one build
    /// without a folder, and on processors older than SSE4.2.
    /// </summary>
    internal static IReadOnlyList<string> Folders { get; } =
        RuntimeInformation.ProcessArchitecture == Architecture.X64 ? Supported(ProcessorFeatures.OfThisProcessor()) : [];

    /// <summary>Folders of CPU builds for x64 that run on a processor, the fastest first.</summary>
    internal static IReadOnlyList<string> Supported(ProcessorFeatures features)
    {
        var levels = new List<string>();
        var hasAvx2 = features is { Avx2: true, Fma: true, Bmi2: true };
        // The package's avx512 build has no VNNI or VBMI instruction, but LLamaSharp asks for both.
        if (hasAvx2 && features is { Avx512: true, Avx512Vbmi: true, Avx512Vnni: true })
            levels.Add(Avx512);
        if (hasAvx2)
            levels.Add(Avx2);
        if (features.Avx)
            levels.Add(Avx);
        if (features.Sse42)
            levels.Add(NoAvx);
        return levels;
    }
}
