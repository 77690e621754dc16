using System.Runtime.InteropServices;
using System.Text;
using CognitiveTools.Llama.Integrity;
using CognitiveTools.Llama.Natives;
using Microsoft.Extensions.Logging;

namespace CognitiveTools.Llama.Binding;

/// <summary>
/// Loads llama.cpp once per process and proves that it is the version this binding mirrors. Everything above this
/// folder is independent of where the library came from.
/// </summary>
internal static unsafe class NativeRuntime
{
    /// <summary>The llama.cpp version whose headers the structures mirror.</summary>
    internal const string Version = "v0.5.0";

    private const string Remedy = $"Use the libraries of llama.cpp {Version} (npm packages @node-llama-cpp/* 3.22.1); delete the natives folder and build again to fetch them.";

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, nint> Handles = new(StringComparer.Ordinal);
    private static NativeLibraries? _loaded;

    /// <summary>What is loaded; null before the first <see cref="Load"/>.</summary>
    internal static NativeLibraries? Loaded => _loaded;

    /// <summary>Libraries whose hashes were checked before they were loaded; null for a folder of the user's own.</summary>
    internal static int? Verified { get; private set; }

    /// <summary>Loads the libraries of a folder, or confirms that they are loaded already.</summary>
    /// <exception cref="DllNotFoundException">The folder or a library in it is missing.</exception>
    /// <exception cref="NotSupportedException">A file that is not the one this version comes with, another version, another structure layout, or no CPU variant that runs here.</exception>
    /// <exception cref="InvalidOperationException">Another folder was loaded before in this process.</exception>
    internal static NativeLibraries Load(NativeLibraryLocation location, ILogger? logger = null)
    {
        var full = Path.GetFullPath(location.Directory);
        lock (Gate)
        {
            NativeLog.Logger = logger ?? NativeLog.Logger;
            if (_loaded is { } loaded)
            {
                return string.Equals(loaded.Directory, full, StringComparison.Ordinal)
                    ? loaded
                    : throw new InvalidOperationException($"llama.cpp is already loaded from {loaded.Directory}; a process cannot load a second copy from {full}. Configure one natives directory.");
            }

            var found = NativeLibraries.Find(full);
            Verified = location.Shipped is { } shipped ? NativeManifest.Find(shipped)!.Check(full, new FileHashes()) : null;
            if (Handles.Count == 0) // a failed earlier attempt may have registered the resolver
                NativeLibrary.SetDllImportResolver(typeof(NativeRuntime).Assembly, static (name, _, _) => Handles.TryGetValue(name, out var handle) ? handle : 0);

            // In the order of their dependencies, so that the loader never searches the system for one of them.
            foreach (var (name, path) in found.InLoadOrder)
                Handles[name] = Open(path);

            NativeLog.Install();
            Verify(found);
            fixed (byte* path = NullTerminated(full))
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
            throw new DllNotFoundException($"{path} could not be loaded on {RuntimeInformation.RuntimeIdentifier}: {e.Message} {Remedy}", e);
        }
    }

    // The version string guards against another release, the default values at both ends of each structure against a
    // build whose layout differs although its version does not.
    private static void Verify(NativeLibraries found)
    {
        var version = Text(NativeMethods.llama_version());
        RequireVersion(version, found.Llama);
        var model = NativeMethods.llama_model_default_params();
        var context = NativeMethods.llama_context_default_params();
        var layoutHolds = model is { Devices: 0, GpuLayers: -1, SplitMode: 1, LoadMode: -1, LazyMode: 1, UseExtraBuffers: 1, NoAllocation: 0, LoadMtp: 0 }
            && context is { ContextLength: 512, BatchSize: 2048, MicroBatchSize: 512, MaxSequences: 1, MaxOutputsPerSequence: 1, FlashAttention: -1 }
            && context is { YarnBetaSlow: -1f, KeyType: 1, ValueType: 1, Embeddings: 0, OffloadKqv: 1, NoPerf: 1, OperationOffload: 1, FullSlidingWindow: 1, UnifiedCache: 0, Samplers: 0, SamplerCount: 0, OtherContext: 0 };
        if (!layoutHolds)
            throw new NotSupportedException($"{found.Llama} says {version} but its parameter structures have another layout than that release. {Remedy}");
    }

    /// <exception cref="NotSupportedException">It is another version.</exception>
    internal static void RequireVersion(string version, string library)
    {
        // Builds outside llama.cpp's own release machinery say 0.5.0-dev.
        if (!string.Equals(version.TrimStart('v').Split('-')[0], Version.TrimStart('v'), StringComparison.Ordinal))
            throw new NotSupportedException($"{library} is llama.cpp {version}, but this binding needs {Version}. {Remedy}");
    }

    private static void RequireCpu(NativeLibraries found)
    {
        for (nuint i = 0; i < NativeMethods.ggml_backend_dev_count(); i++)
        {
            if (NativeMethods.ggml_backend_dev_type(NativeMethods.ggml_backend_dev_get(i)) == 0)
                return;
        }

        throw new NotSupportedException($"No CPU variant in {found.Directory} runs on this processor ({RuntimeInformation.ProcessArchitecture}). {Remedy}");
    }
}
