using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CognitiveTools.Llama.Binding;

namespace CognitiveTools.Lab.Bench.Architectures;

/// <summary>
/// Asks llama.cpp which tensors a model with given metadata has. Its function for models that a program makes itself
/// (<c>llama_model_init_from_user</c>) calls back for each tensor; the model is freed again. So no table of tensors is needed here.
/// </summary>
internal static unsafe class NativeShapes
{
    private const int Dimensions = 4;

    /// <summary>The tensors by name, with their extents, fastest-varying first.</summary>
    /// <param name="metadata">A GGUF file without tensors.</param>
    /// <exception cref="InvalidOperationException">llama.cpp refuses the metadata; the message says why.</exception>
    public static IReadOnlyList<(string Name, long[] Extents)> Of(string metadata)
    {
        var library = NativeLibrary.Load(NativeRuntime.Loaded!.Llama);
        var basis = NativeLibrary.Load(NativeRuntime.Loaded.GgmlBase);
        var open = (delegate* unmanaged[Cdecl]<byte*, ReadOptions, nint>)NativeLibrary.GetExport(basis, "gguf_init_from_file");
        var close = (delegate* unmanaged[Cdecl]<nint, void>)NativeLibrary.GetExport(basis, "gguf_free");
        var defaults = (delegate* unmanaged[Cdecl]<ModelOptions>)NativeLibrary.GetExport(library, "llama_model_default_params");
        var make = (delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<byte*, nint, void>, nint, ModelOptions, nint>)
            NativeLibrary.GetExport(library, "llama_model_init_from_user");
        var shapes = new List<(string, long[])>();
        var handle = GCHandle.Alloc(shapes);
        nint context = 0;
        try
        {
            fixed (byte* path = NativeRuntime.NullTerminated(metadata))
                context = open(path, new ReadOptions { SkipsData = 1 });
            if (context == 0)
                throw new InvalidOperationException($"llama.cpp could not read the metadata {metadata}.{NativeLog.Errors}");
            NativeLog.Forget();
            var model = make(context, &OnTensor, GCHandle.ToIntPtr(handle), defaults());
            if (model == 0)
                throw new InvalidOperationException(
                    $"llama.cpp {NativeRuntime.Build.Name} makes no model of {metadata}.{NativeLog.Errors} npm's build is patched and "
                    + "never does: write the toys with the default build (`coglab models toys`, without COGTOOLS_NATIVES).");
            NativeMethods.llama_model_free(model);
            return [.. shapes.DistinctBy(static shape => shape.Item1, StringComparer.Ordinal)]; // layers may share a tensor
        }
        finally
        {
            handle.Free();
            if (context != 0)
                close(context);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnTensor(byte* tensor, nint userData)
    {
        var shapes = (List<(string, long[])>)GCHandle.FromIntPtr(userData).Target!;
        var extents = new ReadOnlySpan<long>(tensor + ExtentsOffset, Dimensions);
        var last = extents.LastIndexOfAnyExcept(1);
        shapes.Add((NativeRuntime.Text(NativeMethods.ggml_get_name((nint)tensor)), extents[..(Math.Max(last, 0) + 1)].ToArray()));
    }

    // struct ggml_tensor begins with its type (4 bytes, padded to 8), its buffer (8 bytes) and its extents.
    private const int ExtentsOffset = 16;

    /// <summary>struct gguf_init_params.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ReadOptions
    {
        public byte SkipsData;
        public nint Context;
    }

    /// <summary>
    /// struct llama_model_params of any accepted build, and room behind it: it is only passed from one function to the other, in memory.
    /// </summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct ModelOptions
    {
        public nint First;
    }
}
