using System.Runtime.InteropServices;
using System.Text;
using CognitiveTools.Llama.Natives;
using CognitiveTools.Models.Integrity;
using Microsoft.Extensions.Logging;

namespace CognitiveTools.Llama.Binding;

/// <summary>
/// Loads llama.cpp once per process and verifies that it is a build that this binding mirrors. Everything above this
/// folder is independent of where the library came from.
/// </summary>
internal static unsafe class NativeRuntime
{
    internal const string Remedy =
        "Take the libraries of the NuGet package LLamaSharp.Backend.Cpu 0.30.0 (the default), or of `cogtools natives get npm`.";

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, nint> Handles = new(StringComparer.Ordinal);
    private static NativeLibraries? _loaded;
    private static NativeBuild? _build;

    /// <summary>The loaded libraries; null before the first <see cref="Load"/>.</summary>
    internal static NativeLibraries? Loaded => _loaded;

    /// <summary>The build that is loaded.</summary>
    /// <exception cref="InvalidOperationException">Nothing is loaded yet.</exception>
    internal static NativeBuild Build => _build
        ?? throw new InvalidOperationException("llama.cpp is not loaded yet. Call NativeRuntime.Load first.");

    /// <summary>Libraries whose hashes were checked before they were loaded; null for a folder that the user named.</summary>
    internal static int? Verified { get; private set; }

    /// <summary>Loads the libraries of a folder, or confirms that they are loaded already.</summary>
    /// <param name="location">
    /// The folder. Unless it is demanded, a copy of an accepted build that another library of the process has loaded already is
    /// used instead: two copies of ggml in one process end it.
    /// </param>
    /// <param name="logger">Receives llama.cpp's messages; null keeps the logger of an earlier call.</param>
    /// <exception cref="DllNotFoundException">The folder, a library in it or a system library that it needs is missing.</exception>
    /// <exception cref="NotSupportedException">
    /// A file differs from this version's, the build is another version, its structures have another layout, or no CPU variant runs here.
    /// </exception>
    /// <exception cref="InvalidOperationException">The process holds another copy that cannot be used.</exception>
    internal static NativeLibraries Load(NativeLibraryLocation location, ILogger? logger = null)
    {
        var wanted = Path.GetFullPath(location.Directory);
        lock (Gate)
        {
            NativeLog.Logger = logger ?? NativeLog.Logger;
            if (_loaded is { } loaded)
            {
                return !location.IsDemanded || string.Equals(loaded.Directory, wanted, StringComparison.Ordinal)
                    ? loaded
                    : throw new InvalidOperationException(
                        $"llama.cpp is already loaded from {loaded.Directory}; a process cannot load a second copy from {wanted}. "
                        + "Configure one natives directory.");
            }

            var directory = MappedLibraries.Choose(wanted, location.IsDemanded);
            var found = NativeLibraries.Find(directory);
            Verified = location.BundledPackage is { } bundled && directory == wanted
                ? NativeManifest.Find(bundled)!.Check(directory, new FileHashes())
                : null;
            if (Handles.Count == 0) // an earlier attempt that failed may have registered the resolver
                NativeLibrary.SetDllImportResolver(
                    typeof(NativeRuntime).Assembly, static (name, _, _) => Handles.TryGetValue(name, out var handle) ? handle : 0);

            NativeRequirements.Check(found);

            // In the order of their dependencies, so that the loader never searches the system for one of them.
            foreach (var (name, path) in found.InLoadOrder)
                Handles[name] = Open(path);

            _build = NativeBuild.Identify(Handles[NativeMethods.Llama], found.Llama);
            NativeLog.Install();
            fixed (byte* path = NullTerminated(found.Directory))
                NativeMethods.ggml_backend_load_all_from_path(path);
            RequireCpu(found);
            NativeMethods.llama_backend_init();
            return _loaded = found;
        }
    }

    internal static byte[] NullTerminated(string text) => Encoding.UTF8.GetBytes(text + "\0");

    internal static string Text(byte* text) => text is null ? "" : Marshal.PtrToStringUTF8((nint)text) ?? "";

    private static nint Open(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new DllNotFoundException(
                $"{path} could not be loaded on {RuntimeInformation.RuntimeIdentifier}: {e.Message} {Remedy}", e);
        }
    }

    private static void RequireCpu(NativeLibraries found)
    {
        for (nuint i = 0; i < NativeMethods.ggml_backend_dev_count(); i++)
        {
            if (NativeMethods.ggml_backend_dev_type(NativeMethods.ggml_backend_dev_get(i)) == 0)
                return;
        }

        throw new NotSupportedException(
            $"No CPU variant in {found.Directory} runs on this processor ({RuntimeInformation.ProcessArchitecture}). {Remedy}");
    }
}
