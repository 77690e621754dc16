using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Natives;

/// <summary>Finds the folder of the llama.cpp libraries. It does not load them and never searches the current folder.</summary>
internal static class NativeLibraryLocator
{
    /// <summary>Environment variable that names a folder of libraries.</summary>
    public const string EnvironmentVariable = "COGTOOLS_NATIVES";

    private const string Override =
        "or name a folder with the libraries of an accepted llama.cpp build in the configuration or in the environment variable "
        + EnvironmentVariable + ".";

    /// <summary>
    /// Searches, in this order: the configured folder; the environment variable; <c>runtimes/RID/native</c> beside the
    /// program, in the folders of LLamaSharp's backend packages. The first two are used or refused, never skipped.
    /// </summary>
    /// <exception cref="DllNotFoundException">
    /// No folder holds a llama library; the message lists what was searched and what to do.
    /// </exception>
    public static NativeLibraryLocation Find(NativeOptions? options = null)
        => Find(
            options ?? new(), Environment.GetEnvironmentVariable(EnvironmentVariable), AppContext.BaseDirectory, PortableRid(),
            ProcessorLevel.Folders);

    internal static NativeLibraryLocation Find(
        NativeOptions options, string? environment, string baseDirectory, string rid, IReadOnlyList<string> levels)
    {
        if (!string.IsNullOrEmpty(options.Directory))
            return Given(options.Directory, "configured", "Correct the configured folder");
        if (!string.IsNullOrEmpty(environment))
            return Given(environment, EnvironmentVariable, $"Correct the environment variable {EnvironmentVariable}");

        if (options.Variant == NativeVariant.Metal && !rid.StartsWith("osx", StringComparison.Ordinal))
            throw new DllNotFoundException(
                $"Metal is the graphics interface of macOS, and this is {rid}. Use the variant Auto, Cpu, Cuda or Vulkan, {Override}");
        var root = Root(baseDirectory, rid);
        if (Beside(options.Variant, root, rid, levels) is { } found)
            return found;
        if (rid.EndsWith("-x64", StringComparison.Ordinal) && levels.Count == 0)
            throw new DllNotFoundException(
                "This processor has no SSE4.2, which every build of llama.cpp for x64 needs. "
                + "Use another machine, or an endpoint over the network.");
        throw new DllNotFoundException(
            $"No llama.cpp libraries were found for {rid} ({options.Variant}). "
            + $"Searched: {string.Join(", ", Places(options.Variant, root, levels).Select(static place => place.Folder))}. "
            + $"{Remedy(options.Variant)}");
    }

    /// <summary>The default CPU build beside the program, independent of the configuration.</summary>
    /// <returns><see langword="null"/> when there is no such build.</returns>
    public static NativeLibraryLocation? FindBesideProgram() =>
        Beside(NativeVariant.Cpu, Root(AppContext.BaseDirectory, PortableRid()), PortableRid(), ProcessorLevel.Folders);

    /// <summary>The platform as package names have it, for example <c>linux-x64</c>.</summary>
    internal static string PortableRid()
    {
        // the runtime's own identifier distinguishes musl from glibc; its version parts (ubuntu.22.04-x64) are not used
        var architecture = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.X86 => "x86",
            Architecture.Arm64 => "arm64",
            Architecture.Arm => "arm",
            var other => other.ToString(),
        };
        var system = OperatingSystem.IsWindows() ? "win"
            : OperatingSystem.IsMacOS() ? "osx"
            : !OperatingSystem.IsLinux() ? "unknown"
            : IsMusl(RuntimeInformation.RuntimeIdentifier) ? "linux-musl"
            : "linux";
        return $"{system}-{architecture}";
    }

    private static string Root(string baseDirectory, string rid) => Path.Combine(baseDirectory, "runtimes", rid, "native");

    private static NativeLibraryLocation? Beside(NativeVariant wanted, string root, string rid, IReadOnlyList<string> levels)
    {
        foreach (var (variant, folder) in Places(wanted, root, levels))
        {
            if (HoldsLlama(folder))
            {
                return new(folder, variant, "beside the program", IsDemanded: wanted != NativeVariant.Auto)
                {
                    BundledPackage = BundledPackage(rid, folder, root),
                };
            }
        }

        return null;
    }

    private static IEnumerable<(NativeVariant Variant, string Folder)> Places(
        NativeVariant wanted, string root, IReadOnlyList<string> levels) =>
        Candidates(wanted).SelectMany(
            variant => Folders(variant, levels).Select(name => (variant, Path.TrimEndingDirectorySeparator(Path.Combine(root, name)))));

    private static bool IsMusl(string rid)
        => rid.Contains("musl", StringComparison.Ordinal) || rid.StartsWith("alpine", StringComparison.Ordinal);

    private static NativeLibraryLocation Given(string directory, string source, string remedy)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        if (source == EnvironmentVariable && !Path.IsPathFullyQualified(directory))
            throw new DllNotFoundException(
                $"The environment variable {EnvironmentVariable} is '{directory}'. "
                + "Give a full path, since a relative one would depend on the current folder.");
        if (!Directory.Exists(full))
            throw new DllNotFoundException($"The natives folder {full} ({source}) does not exist. {remedy}.");
        if (!HoldsLlama(full))
            throw new DllNotFoundException(
                $"The natives folder {full} ({source}) holds no llama library. "
                + $"{remedy}, or put the llama and ggml libraries of an accepted llama.cpp build there.");
        var variant = Holds("ggml-cuda") ? NativeVariant.Cuda
            : Holds("ggml-vulkan") ? NativeVariant.Vulkan
            : Holds("ggml-metal") ? NativeVariant.Metal
            : NativeVariant.Cpu;
        return new(full, variant, source, IsDemanded: true) { BundledPackage = NativeStore.PackageOf(full)?.Name };

        bool Holds(string library) => Directory
            .EnumerateFiles(full)
            .Any(file => Path.GetFileName(file).Contains(library, StringComparison.Ordinal));
    }

    // The GPU packages are not served where this version is built, so their hashes are not recorded.
    private static string? BundledPackage(string rid, string folder, string root)
    {
        var name = $"{NativeManifest.LLamaSharp}/{rid}/native/{Path.GetRelativePath(root, folder)}".Replace(
            "/.", "", StringComparison.Ordinal);
        return NativeManifest.Find(name) is null ? null : name;
    }

    private static NativeVariant[] Candidates(NativeVariant variant)
        => variant == NativeVariant.Auto ? [NativeVariant.Cuda, NativeVariant.Vulkan, NativeVariant.Cpu] : [variant];

    // x64 packages hold one folder per processor level; the packages of other architectures hold one build without a folder.
    private static IReadOnlyList<string> Folders(NativeVariant variant, IReadOnlyList<string> levels) => variant switch
    {
        NativeVariant.Cuda => ["cuda13", "cuda12"],
        NativeVariant.Vulkan => ["vulkan"],
        _ => [.. levels, ""],
    };

    private static bool HoldsLlama(string folder)
        => Directory.Exists(folder)
            && Directory.EnumerateFiles(folder).Any(static f => Path.GetFileName(f) is var name
                && (name.StartsWith("libllama.", StringComparison.Ordinal)
                    || name.Equals("llama.dll", StringComparison.OrdinalIgnoreCase)
                    || name.StartsWith("llama.v", StringComparison.OrdinalIgnoreCase)));

    private static string Remedy(NativeVariant variant)
    {
        var backend = variant switch { NativeVariant.Cuda => "Cuda12", NativeVariant.Vulkan => "Vulkan", _ => "Cpu" };
        return $"Reference the NuGet package LLamaSharp.Backend.{backend} 0.30.0 in the program "
            + $"(inside a clone: build with -p:CognitiveToolsBackend={backend}), {Override}";
    }
}
