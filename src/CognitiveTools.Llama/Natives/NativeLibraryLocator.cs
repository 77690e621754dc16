using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Natives;

/// <summary>Finds the folder of the llama.cpp libraries. It loads nothing.</summary>
public static class NativeLibraryLocator
{
    /// <summary>Environment variable that names a folder of libraries.</summary>
    public const string EnvironmentVariable = "COGNITIVETOOLS_NATIVES";

    /// <summary>
    /// Searches, in this order: the configured folder; the environment variable; <c>natives/RID[-variant]</c> and
    /// <c>runtimes/RID[-variant]/native</c> beside the program. The first two are taken or refused, never skipped.
    /// </summary>
    /// <exception cref="DllNotFoundException">No folder holds a llama library; the message lists what was searched and what to do.</exception>
    public static NativeLibraryLocation Find(NativeOptions? options = null)
        => Find(options ?? new(), Environment.GetEnvironmentVariable(EnvironmentVariable), AppContext.BaseDirectory, PortableRid());

    internal static NativeLibraryLocation Find(NativeOptions options, string? environment, string baseDirectory, string rid)
    {
        if (!string.IsNullOrEmpty(options.Directory))
            return Given(options.Directory, "configured", "Correct the configured folder");
        if (!string.IsNullOrEmpty(environment))
            return Given(environment, EnvironmentVariable, $"Correct the environment variable {EnvironmentVariable}");

        if (options.Variant == NativeVariant.Metal && !rid.StartsWith("osx", StringComparison.Ordinal))
            throw new DllNotFoundException($"Metal is the graphics interface of macOS, and this is {rid}. Use the variant Auto, Cpu, Cuda or Vulkan, {Override}");
        var searched = new List<string>();
        foreach (var variant in Candidates(options.Variant))
        {
            var name = variant is NativeVariant.Cpu or NativeVariant.Metal ? rid : $"{rid}-{Suffix(variant)}";
            foreach (var folder in (string[])[Path.Combine(baseDirectory, "natives", name), Path.Combine(baseDirectory, "runtimes", name, "native")])
            {
                if (HoldsLlama(folder))
                    return new(folder, variant, "beside the program") { Shipped = NativeManifest.Find(name) is null ? null : name };
                searched.Add(folder);
            }
        }
        throw new DllNotFoundException(
            $"No llama.cpp libraries were found for {rid} ({options.Variant}). Searched: {string.Join(", ", searched)}. {Remedy(options.Variant, rid)}");
    }

    /// <summary>The platform as package names have it, for example <c>linux-x64</c>.</summary>
    internal static string PortableRid()
    {
        // the runtime's own identifier tells musl from glibc; its version parts (ubuntu.22.04-x64) are of no use here
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

    private static bool IsMusl(string rid)
        => rid.Contains("musl", StringComparison.Ordinal) || rid.StartsWith("alpine", StringComparison.Ordinal);

    private static NativeLibraryLocation Given(string directory, string source, string remedy)
    {
        var full = Path.GetFullPath(directory);
        if (source == EnvironmentVariable && !Path.IsPathFullyQualified(directory))
            throw new DllNotFoundException($"The environment variable {EnvironmentVariable} is '{directory}'. Give a full path, since a relative one would depend on the current folder.");
        if (!Directory.Exists(full))
            throw new DllNotFoundException($"The natives folder {full} ({source}) does not exist. {remedy}.");
        if (!HoldsLlama(full))
            throw new DllNotFoundException($"The natives folder {full} ({source}) holds no llama library. {remedy}, or put the llama and ggml libraries of the pinned llama.cpp there.");
        var variant = Holds("ggml-cuda") ? NativeVariant.Cuda : Holds("ggml-vulkan") ? NativeVariant.Vulkan : Holds("ggml-metal") ? NativeVariant.Metal : NativeVariant.Cpu;
        return new(full, variant, source);

        bool Holds(string library) => Directory.EnumerateFiles(full).Any(file => Path.GetFileName(file).Contains(library, StringComparison.Ordinal));
    }

    private static NativeVariant[] Candidates(NativeVariant variant)
        => variant == NativeVariant.Auto ? [NativeVariant.Cuda, NativeVariant.Vulkan, NativeVariant.Cpu] : [variant];

    private static bool HoldsLlama(string folder)
        => Directory.Exists(folder)
            && Directory.EnumerateFiles(folder).Any(static f => Path.GetFileName(f) is var name
                && (name.StartsWith("libllama.", StringComparison.Ordinal) || name.Equals("llama.dll", StringComparison.OrdinalIgnoreCase) || name.StartsWith("llama.v", StringComparison.OrdinalIgnoreCase)));

    private static string Suffix(NativeVariant variant) => variant == NativeVariant.Cuda ? "cuda" : "vulkan";

    private static string Remedy(NativeVariant variant, string rid) => (rid, variant) switch
    {
        ("linux-x64", NativeVariant.Cuda or NativeVariant.Vulkan) => $"Build with -p:CognitiveToolsNative={Suffix(variant)} (npm must be installed), {Override}",
        ("linux-arm64", NativeVariant.Cuda or NativeVariant.Vulkan) => $"For this platform there is only the CPU build: use the variant Cpu or Auto, {Override}",
        ("linux-x64" or "linux-arm64", _) => $"Build again with npm (Node.js 20 or later) installed, so that they are fetched, {Override}",
        _ when rid.StartsWith("linux-musl", StringComparison.Ordinal) => $"The prebuilt libraries need glibc and this system has musl: use a glibc image (Debian, Ubuntu, Fedora), {Override}",
        _ when rid.StartsWith("win", StringComparison.Ordinal) || rid.StartsWith("osx", StringComparison.Ordinal)
            => $"No package of the pinned version is published for this platform: build llama.cpp yourself, {Override}",
        _ => $"There are prebuilt libraries for linux-x64 and linux-arm64 only: build llama.cpp yourself, {Override}",
    };

    private const string Override = "or name a folder with the pinned llama.cpp's libraries in the configuration or in the environment variable " + EnvironmentVariable + ".";
}
