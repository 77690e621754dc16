using System.Diagnostics;

namespace CognitiveTools.Llama.Workers;

/// <summary>
/// The environment of a worker: what the system, .NET, the libraries and their graphics drivers need, and nothing else, so that keys and
/// other secrets of the starting process are not passed on.
/// </summary>
internal static class WorkerEnvironment
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TMP", "TEMP", "XDG_CACHE_HOME",
        "SystemRoot", "SystemDrive", "windir", "ComSpec", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA",
        "ProgramData", "ProgramFiles",
        "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH",
        "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "DOTNET_HOST_PATH", "DOTNET_ROLL_FORWARD", "DOTNET_BUNDLE_EXTRACT_BASE_DIR",
        "DOTNET_PROCESSOR_COUNT", "DOTNET_gcServer", "DOTNET_GCHeapHardLimit", "DOTNET_GCHeapHardLimitPercent",
        "DOTNET_TieredCompilation", "DOTNET_TieredPGO",
        "DOTNET_EnableDiagnostics", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "DOTNET_RUNNING_IN_CONTAINER",
        Natives.NativeLibraryLocator.EnvironmentVariable,
    };

    private static readonly string[] Prefixes =
        ["LC_", "CUDA_", "NVIDIA_", "GGML_", "OMP_", "GOMP_", "KMP_", "VK_", "HIP_", "ROCR_", "HSA_"];

    private static readonly string[] SecretEndings = ["KEY", "TOKEN", "SECRET", "PASSWORD"];

    /// <summary>Restricts a process's environment to the variables that a worker needs, and marks it as a worker.</summary>
    public static void Restrict(ProcessStartInfo start)
    {
        foreach (var name in start.Environment.Keys.Where(static name => !IsNeeded(name)).ToArray())
            start.Environment.Remove(name);
        start.Environment[LlamaWorkerHost.EnvironmentVariable] = "1";
        start.Environment["GGML_NO_BACKTRACE"] = "1"; // a backtrace starts a debugger that prints to standard output, which is the pipe
    }

    internal static bool IsNeeded(string name) =>
        Names.Contains(name)
        || (Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
            && !SecretEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));
}
