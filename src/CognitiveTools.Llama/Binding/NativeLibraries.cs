using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Binding;

/// <summary>The three libraries of a natives folder; backends beside them are found by ggml itself.</summary>
internal sealed record NativeLibraries(string Directory, string GgmlBase, string Ggml, string Llama)
{
    internal IEnumerable<(string Name, string Path)> InLoadOrder =>
        [(NativeMethods.GgmlBase, GgmlBase), (NativeMethods.Ggml, Ggml), (NativeMethods.Llama, Llama)];

    /// <exception cref="DllNotFoundException">The folder or a library in it is missing; the message says which.</exception>
    /// <exception cref="PlatformNotSupportedException">No llama.cpp build exists for this operating system.</exception>
    internal static NativeLibraries Find(string directory)
    {
        var (prefix, suffix) = OperatingSystem.IsWindows() ? ("", ".dll")
            : OperatingSystem.IsMacOS() ? ("lib", ".dylib")
            : OperatingSystem.IsLinux() ? ("lib", ".so")
            : throw new PlatformNotSupportedException($"There is no llama.cpp build for {RuntimeInformation.OSDescription}. Use Linux, Windows or macOS, or an endpoint over the network.");
        if (!System.IO.Directory.Exists(directory))
            throw new DllNotFoundException($"The natives folder {directory} does not exist. Build with npm at hand so that it is fetched, or configure NativesDirectory.");
        return new(directory, One("ggml-base"), One("ggml"), One("llama"));

        // Release builds carry their version in the file name (libllama.v0.5.0.so), others do not (libllama.so).
        string One(string name)
        {
            var candidates = System.IO.Directory.GetFiles(directory, $"{prefix}{name}.*")
                .Where(path => path.EndsWith(suffix, StringComparison.Ordinal))
                .ToArray();
            return candidates switch
            {
                [var only] => only,
                [] => throw new DllNotFoundException($"{prefix}{name}*{suffix} is missing from the natives folder {directory}. Delete the folder and build again to fetch it, or configure NativesDirectory."),
                _ => throw new DllNotFoundException($"{directory} holds several versions of {prefix}{name} ({string.Join(", ", candidates.Select(Path.GetFileName))}). Delete the folder and build again to fetch one version."),
            };
        }
    }
}
