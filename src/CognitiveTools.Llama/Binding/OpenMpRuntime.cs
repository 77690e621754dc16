using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Binding;

/// <summary>
/// libgomp, whose threads LLamaSharp's builds for Linux compute with. It keeps a team of threads for every thread that has decoded.
/// While a process has more of them than processors, libgomp lets all of them sleep at each barrier instead of spinning for a
/// moment (GOMP_SPINCOUNT in its manual), about 560 times for a token of TinyLlama. So a thread with nothing to decode releases
/// its team.
/// </summary>
internal static unsafe class OpenMpRuntime
{
    internal const string Library = "libgomp.so.1";

    private const int Soft = 1; // omp_pause_soft

    private static delegate* unmanaged<int, int> _pause; // null without libgomp, and with a libgomp before GCC 9

    /// <summary>Whether a library names libgomp as one that it needs.</summary>
    internal static bool IsNeededBy(string library) =>
        OperatingSystem.IsLinux() && File.ReadAllBytes(library).AsSpan().IndexOf("libgomp.so.1\0"u8) >= 0;

    /// <summary>Loads libgomp.</summary>
    /// <returns>False when it is not installed.</returns>
    internal static bool Load()
    {
        if (!NativeLibrary.TryLoad(Library, out var handle))
            return false;
        if (NativeLibrary.TryGetExport(handle, "omp_pause_resource_all", out var pause))
            _pause = (delegate* unmanaged<int, int>)pause;
        return true;
    }

    /// <summary>
    /// Ends the team of the calling thread, which must not be inside a decode; its next decode starts a new one, within a fraction of a
    /// millisecond.
    /// </summary>
    /// <returns>False when llama.cpp does not compute with libgomp, or libgomp cannot.</returns>
    internal static bool ReleaseTeam() => _pause is not null && _pause(Soft) == 0;
}
