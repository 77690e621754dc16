using System.Runtime.InteropServices;
using CognitiveTools.Llama.Natives;

namespace CognitiveTools.Llama.Binding;

/// <summary>The libraries of a natives folder that are loaded by path; ggml finds the backends in the same folder by itself.</summary>
/// <param name="Directory">Full path of the folder.</param>
/// <param name="GgmlBase">Full path of ggml-base.</param>
/// <param name="GgmlCpu">
/// Full path of the CPU backend that <paramref name="Ggml"/> is linked to; null where ggml picks one of several by itself.
/// LLamaSharp's GPU folders hold no CPU backend; it is in a sibling folder.
/// </param>
/// <param name="Ggml">Full path of ggml.</param>
/// <param name="Llama">Full path of llama.</param>
internal sealed record NativeLibraries(string Directory, string GgmlBase, string? GgmlCpu, string Ggml, string Llama)
{
    internal IEnumerable<(string Name, string Path)> InLoadOrder
    {
        get
        {
            yield return (NativeMethods.GgmlBase, GgmlBase);
            if (GgmlCpu is not null)
                yield return ("ggml-cpu", GgmlCpu);
            yield return (NativeMethods.Ggml, Ggml);
            yield return (NativeMethods.Llama, Llama);
        }
    }

    /// <exception cref="DllNotFoundException">The folder or a library in it is missing; the message says which.</exception>
    /// <exception cref="PlatformNotSupportedException">No llama.cpp build exists for this operating system.</exception>
    internal static NativeLibraries Find(string directory)
    {
        var (prefix, suffix) = OperatingSystem.IsWindows() ? ("", ".dll")
            : OperatingSystem.IsMacOS() ? ("lib", ".dylib")
            : OperatingSystem.IsLinux() ? ("lib", ".so")
            : throw new PlatformNotSupportedException(
                $"There is no llama.cpp build for {RuntimeInformation.OSDescription}. "
                + "Use Linux, Windows or macOS, or an endpoint over the network.");
        if (!System.IO.Directory.Exists(directory))
            throw new DllNotFoundException($"The natives folder {directory} does not exist. {NativeRuntime.Remedy}");
        return new(directory, One("ggml-base"), Cpu(), One("ggml"), One("llama"));

        // Release builds carry their version in the file name (libllama.v0.5.0.so), others do not (libllama.so).
        string[] Named(string folder, string name) =>
            [.. System.IO.Directory.GetFiles(folder, $"{prefix}{name}.*").Where(path => path.EndsWith(suffix, StringComparison.Ordinal))];

        string One(string name) => Named(directory, name) switch
        {
            [var only] => only,
            [] => throw new DllNotFoundException(
                $"{prefix}{name}*{suffix} is missing from the natives folder {directory}. {NativeRuntime.Remedy}"),
            var several => throw new DllNotFoundException(
                $"{directory} holds several versions of {prefix}{name} ({string.Join(", ", several.Select(Path.GetFileName))}). "
                + "Keep the files of one version there."),
        };

        string? Cpu()
        {
            var beside = ProcessorLevel.Folders
                .Select(level => Path.Combine(Path.GetDirectoryName(directory)!, level))
                .Where(System.IO.Directory.Exists);
            return ((string[])[directory, .. Path.GetFileName(directory) is "cuda12" or "cuda13" or "vulkan" ? beside : []])
                .Select(folder => Named(folder, "ggml-cpu").FirstOrDefault())
                .FirstOrDefault(static path => path is not null);
        }
    }
}
