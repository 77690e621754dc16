using System.Numerics.Tensors;
using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Devices;
using CognitiveTools.Llama.Models;
using CognitiveTools.Steering;

namespace CognitiveTools.Llama.Engine;

/// <summary>The llama.cpp context of one engine. Not thread-safe: the decode thread owns it.</summary>
internal sealed unsafe class NativeContext : IDisposable
{
    private readonly ContextHandle _handle;
    private readonly nint _memory;
    private readonly int _layerWidth;
    private readonly int _layerCount;
    private bool _embeddings;
    private AppliedSteering? _steering;

    /// <exception cref="InvalidOperationException">llama.cpp could not create the context, usually for lack of memory.</exception>
    internal NativeContext(LlamaModel model, LlamaEngineOptions options, (nint Callback, nint Data) evaluation = default)
    {
        Threads = options.ThreadsFor(model.ParameterCount);
        PlainAttention = options.PlainAttention;
        ContextLength = options.ContextLength ?? Math.Min(model.TrainedContextLength, 4096);
        // llama.cpp asserts that one output for each sequence fits into a batch, and a batch into the cache.
        CacheLength = Math.Max(Math.Max(options.CacheLength ?? 4 * ContextLength, ContextLength), options.MaxSequences);
        var settings = new ContextSettings(
            CacheLength, Math.Max(options.BatchSize, options.MaxSequences), options.MaxSequences, Threads, options.BatchThreads ?? Threads,
            PlainAttention, evaluation);
        DeviceCheck.RequireCache(model.CacheBytes(CacheLength), CacheLength, DeviceList.Read(), model.IsOnGpu);
        NativeLog.Forget();
        using var lease = new HandleLease(model.Handle);
        var context = NativeRuntime.Build.NewContext(model.Handle.Pointer, settings);
        if (context == 0)
            throw new InvalidOperationException(
                $"llama.cpp could not create a context of {CacheLength} positions for {model.Path}.{NativeLog.Errors} "
                + "Lower ContextLength (--context of cogtools) or CacheLength.");
        _handle = new ContextHandle(context, model.Handle);
        if (model.Lora is { } lora)
            Apply(lora);
        _memory = NativeMethods.llama_get_memory(context);
        CacheLength = (int)NativeMethods.llama_n_ctx(context);
        BatchSize = (int)NativeMethods.llama_n_batch(context);
        VocabularySize = model.Tokenizer.Count;
        HiddenLength = model.HiddenLength;
        EmbeddingLength = model.EmbeddingLength;
        (_layerWidth, _layerCount) = (model.LayerWidth, model.LayerCount);
    }

    internal int ContextLength { get; }

    internal int CacheLength { get; }

    internal int Threads { get; }

    /// <summary>See <see cref="LlamaEngineOptions.PlainAttention"/>.</summary>
    internal bool PlainAttention { get; }

    internal int BatchSize { get; }

    internal int VocabularySize { get; }

    internal int HiddenLength { get; }

    internal int EmbeddingLength { get; }

    internal nint Pointer => _handle.Pointer;

    /// <summary>Runs a batch. With <paramref name="hidden"/> every row becomes an output with a hidden state.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="hidden">Whether hidden states are wanted.</param>
    /// <param name="steering">What steers all of the rows.</param>
    /// <returns>llama.cpp's code: 0 done, 1 no room in the cache (nothing changed), others failed.</returns>
    internal int Decode(BatchBuffer batch, bool hidden, AppliedSteering? steering = null)
    {
        Steer(steering);
        if (_embeddings != hidden)
            NativeMethods.llama_set_embeddings(_handle.Pointer, (byte)((_embeddings = hidden) ? 1 : 0));
        NativeLog.Forget();
        return NativeMethods.llama_decode(_handle.Pointer, batch.Native);
    }

    internal float* LogitsPointer(int row) => NativeMethods.llama_get_logits_ith(_handle.Pointer, row);

    internal ReadOnlySpan<float> Logits(int row) => new(LogitsPointer(row), VocabularySize);

    internal ReadOnlySpan<float> Hidden(int row) => new(NativeMethods.llama_get_embeddings_ith(_handle.Pointer, row), HiddenLength);

    /// <summary>Makes the positions before <paramref name="length"/> of one lane part of another, without copying.</summary>
    internal void Share(SequenceId source, SequenceId destination, int length) =>
        NativeMethods.llama_memory_seq_cp(_memory, source.Value, destination.Value, 0, length);

    /// <summary>Forgets a lane's positions from <paramref name="length"/> on.</summary>
    /// <returns>False when the model cannot remove a part; nothing changed then.</returns>
    internal bool Truncate(SequenceId lane, int length) =>
        NativeMethods.llama_memory_seq_rm(_memory, lane.Value, length == 0 ? -1 : length, -1) != 0;

    /// <summary>Positions that a lane holds by llama.cpp's own account.</summary>
    internal int Held(SequenceId lane) => NativeMethods.llama_memory_seq_pos_max(_memory, lane.Value) + 1;

    internal void Clear() => NativeMethods.llama_memory_clear(_memory, data: 0);

    public void Dispose() => _handle.Dispose();

    private void Apply(LoadedLora lora)
    {
        var (adapter, scale) = (lora.Adapter, lora.Scale);
        if (NativeMethods.llama_set_adapters_lora(_handle.Pointer, &adapter, 1, &scale) is not 0 and var code)
        {
            _handle.Dispose();
            throw new InvalidOperationException($"llama.cpp could not apply the LoRA adapter {lora.Path} (code {code}).{NativeLog.Errors}");
        }
    }

    // A control vector belongs to the context, not to a sequence, so it is set for each decode.
    private void Steer(AppliedSteering? steering)
    {
        if (steering == _steering)
            return;
        if (steering is not { } wanted)
        {
            _ = NativeMethods.llama_set_adapter_cvec(_handle.Pointer, null, 0, _layerWidth, -1, -1);
        }
        else
        {
            // Rows for the layers from 1 on; those without a direction stay 0.
            var rows = new float[(_layerCount - 1) * _layerWidth];
            foreach (var layer in wanted.Vector.Layers)
                TensorPrimitives.Multiply(wanted.Vector.Direction(layer), wanted.Strength, rows.AsSpan((layer - 1) * _layerWidth));
            int code;
            fixed (float* data = rows)
                code = NativeMethods.llama_set_adapter_cvec(_handle.Pointer, data, (nuint)rows.Length, _layerWidth, 1, _layerCount - 1);
            if (code != 0)
                throw new InvalidOperationException($"llama.cpp could not set the control vector (code {code}).{NativeLog.Errors}");
        }

        _steering = steering;
    }
}
