using System.Runtime.InteropServices;
using CognitiveTools.Llama.Natives;

namespace CognitiveTools.Llama.Binding;

/// <summary>
/// A build of llama.cpp that this binding accepts. It owns what differs between builds: how the library says its version,
/// and the layout of the two parameter structures. Everything else goes through <see cref="NativeMethods"/>.
/// </summary>
internal abstract class NativeBuild
{
    /// <summary>The build that is installed with a program.</summary>
    internal static NativeBuild Bundled { get; } = new NativeBuildB10221();

    /// <summary>The newer build, in npm packages.</summary>
    internal static NativeBuild Newer { get; } = new NativeBuildV050();

    private static readonly NativeBuild[] All = [Newer, Bundled];

    /// <summary>The accepted builds, for messages.</summary>
    internal static string Accepted => string.Join(" or ", All.Select(static build => $"{build.Name} ({build.Origin})"));

    /// <summary>llama.cpp's own name of the version.</summary>
    internal abstract string Name { get; }

    /// <summary>The packages that ship it.</summary>
    internal abstract string Origin { get; }

    /// <summary>Model architectures that another accepted build has and this one lacks.</summary>
    internal virtual IReadOnlyList<string> MissingArchitectures => [];

    /// <summary>Identifies the build that these libraries belong to.</summary>
    /// <param name="llama">Handle of libllama.</param>
    /// <param name="library">Path of libllama, for messages.</param>
    /// <exception cref="NotSupportedException">It is another build, or its structures have another layout.</exception>
    internal static NativeBuild Identify(nint llama, string library)
    {
        var version = Version(llama);
        var build = Find(version)
            ?? throw new NotSupportedException(
                $"{library} is llama.cpp {version}, but this binding needs {Accepted}. {NativeRuntime.Remedy}");
        return build.HasLayout()
            ? build
            : throw new NotSupportedException(
                $"{library} says {version} but its parameter structures have another layout than that release. {NativeRuntime.Remedy}");
    }

    /// <summary>The build of a version text.</summary>
    /// <returns>The build, or <see langword="null"/> when it is not an accepted one.</returns>
    internal static NativeBuild? Find(string version) => All.FirstOrDefault(build => build.Is(version));

    /// <exception cref="NotSupportedException">Another accepted build knows the architecture and this one does not.</exception>
    internal void RequireArchitecture(string architecture, string path)
    {
        if (MissingArchitectures.Contains(architecture, StringComparer.Ordinal))
            throw new NotSupportedException(
                $"{path} has the architecture {architecture}, which llama.cpp {Name} ({Origin}) does not know. Take newer libraries: "
                + $"`cogtools natives use npm`, or set {NativeLibraryLocator.EnvironmentVariable} to their folder.");
    }

    /// <summary>Loads a model.</summary>
    /// <param name="path">UTF-8, zero-terminated.</param>
    /// <param name="settings">What differs from the library's defaults.</param>
    /// <returns>The model, or 0.</returns>
    internal abstract unsafe nint LoadModel(byte* path, in ModelSettings settings);

    /// <summary>Creates a context: a hidden state per position, and one pool of cells, so that sequences can share a prefix.</summary>
    /// <returns>The context, or 0.</returns>
    internal abstract nint NewContext(nint model, in ContextSettings settings);

    /// <summary>A sampler that lowers the logits of tokens that it has accepted.</summary>
    /// <param name="vocabulary">Number of tokens.</param>
    /// <param name="window">How many of the last accepted tokens count.</param>
    /// <param name="repeat">Divides positive and multiplies negative logits; 1 changes nothing.</param>
    /// <param name="presence">Is subtracted; 0 changes nothing.</param>
    internal abstract nint NewPenalties(int vocabulary, int window, float repeat, float presence);

    private protected abstract bool Is(string version);

    /// <summary>
    /// Whether the default values at both ends of each structure are where this layout has them. It guards against a build
    /// whose layout differs although its version does not.
    /// </summary>
    private protected abstract bool HasLayout();

    // llama.cpp has had version numbers since v0.1.0; builds before that say the commit they were made from.
    private static unsafe string Version(nint llama)
        => NativeRuntime.Text(
            NativeLibrary.TryGetExport(llama, "llama_version", out _) ? NativeMethods.llama_version() : NativeMethods.ggml_commit());
}
