using System.Numerics.Tensors;
using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Devices;
using CognitiveTools.Llama.Models;
using CognitiveTools.Steering;

namespace CognitiveTools.Llama.Engine;

/// <summary>The llama.cpp context of one engine. Not thread-safe: the decode thread owns it.</summary>
internal sealed unsafe class NativeContext : IDisposable
{
    private const uint PartialState = 1; // LLAMA_STATE_SEQ_FLAGS_PARTIAL_ONLY

    private readonly ContextHandle _handle;
    private readonly nint _memory;
    private readonly HiddenReader? _hidden;
    private readonly int _layerWidth;
    private readonly int _layerCount;
    private bool _embeddings;
    private AppliedSteering? _steering;

    /// <param name="model">The model.</param>
    /// <param name="options">Sizes and threads.</param>
    /// <param name="evaluation">llama.cpp's callback for the nodes of its graph.</param>
    /// <param name="wanted">Positions of the longest sequence that will be asked for; 0 when unknown.</param>
    /// <exception cref="InvalidOperationException">llama.cpp could not create the context, usually for lack of memory.</exception>
    internal NativeContext(
        LlamaModel model, LlamaEngineOptions options, (nint Callback, nint Data) evaluation = default, long wanted = 0)
    {
        Threads = options.ThreadsFor(model.ParameterCount);
        PlainAttention = options.PlainAttention;
        CacheType = options.CacheTypeOrDefault;
        var devices = DeviceList.Read();
        var free = DeviceCheck.FreeForCache(devices, model.IsOnGpu);
        Plan = CachePlan.For(
            options, model.CacheCost, model.TrainedContextLength, Math.Max(free - model.MappedBytes, Math.Min(free, 1)), wanted);
        (ContextLength, CacheLength) = (Plan.ContextLength, Plan.CacheLength);
        DeviceCheck.RequireCache(
            model.CacheCost.Bytes(CacheLength, Plan.MaxSequences, CacheType), CacheLength, devices, model.IsOnGpu);
        _hidden = model.ReadsHiddenApart && evaluation == default ? new HiddenReader(model.HiddenLength) : null;
        var settings = new ContextSettings(
            CacheLength, Math.Max(options.BatchSize, Plan.MaxSequences), Plan.MaxSequences, Threads, options.BatchThreads ?? Threads,
            PlainAttention, CacheType, _hidden?.Evaluation ?? evaluation);
        NativeLog.Forget();
        using var lease = new HandleLease(model.Handle);
        var context = NativeRuntime.Build.NewContext(model.Handle.Pointer, settings);
        if (context == 0)
        {
            _hidden?.Dispose();
            throw new InvalidOperationException(
                $"llama.cpp could not create a context of {CacheLength} positions for {model.Path}.{NativeLog.Errors} "
                + "Lower ContextLength (--context of cogtools) or CacheLength"
                + (CacheType == CacheType.F16 ? "." : ", or set CacheType to f16 (--cache-type f16)."));
        }

        _handle = new ContextHandle(context, model.Handle);
        if (model.Lora is { } lora)
            Apply(lora);
        _memory = NativeMethods.llama_get_memory(context);
        CacheLength = (int)NativeMethods.llama_n_ctx(context);
        BatchSize = (int)NativeMethods.llama_n_batch(context);
        VocabularySize = model.Tokenizer.Count;
        HiddenLength = model.HiddenLength;
        (InputLength, PositionsPerEmbedding) = (model.InputLength, model.PositionsPerEmbedding);
        (HasRecurrentState, RunsSequencesAlone, SharesPrompts) =
            (model.HasRecurrentState, model.RunsSequencesAlone, model.SharesPrompts);
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

    /// <summary>See <see cref="LlamaModel.InputLength"/>.</summary>
    internal int InputLength { get; }

    /// <summary>See <see cref="LlamaModel.PositionsPerEmbedding"/>.</summary>
    internal int PositionsPerEmbedding { get; }

    /// <summary>See <see cref="LlamaModel.HasRecurrentState"/>.</summary>
    internal bool HasRecurrentState { get; }

    /// <summary>See <see cref="LlamaModel.RunsSequencesAlone"/>.</summary>
    internal bool RunsSequencesAlone { get; }

    /// <summary>See <see cref="LlamaModel.SharesPrompts"/>.</summary>
    internal bool SharesPrompts { get; }

    /// <summary>Whether a batch that returns hidden states can hold one row only.</summary>
    internal bool ReadsHiddenAlone => _hidden is not null;

    /// <summary>What was chosen for this machine.</summary>
    internal CachePlan Plan { get; }

    internal CacheType CacheType { get; }

    internal nint Pointer => _handle.Pointer;

    /// <summary>Runs a batch. With <paramref name="hidden"/> every row becomes an output with a hidden state.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="hidden">Whether hidden states are wanted.</param>
    /// <param name="steering">What steers all of the rows.</param>
    /// <returns>llama.cpp's code: 0 done, 1 no room in the cache (nothing changed), others failed.</returns>
    internal int Decode(BatchBuffer batch, bool hidden, AppliedSteering? steering = null)
    {
        Steer(steering);
        if (_hidden is not null)
            _hidden.Prepare(hidden);
        else if (_embeddings != hidden)
            NativeMethods.llama_set_embeddings(_handle.Pointer, (byte)((_embeddings = hidden) ? 1 : 0));
        NativeLog.Forget();
        return NativeMethods.llama_decode(_handle.Pointer, batch.Native);
    }

    internal float* LogitsPointer(int row) => NativeMethods.llama_get_logits_ith(_handle.Pointer, row);

    internal ReadOnlySpan<float> Logits(int row) => new(LogitsPointer(row), VocabularySize);

    /// <summary>The hidden state of a row of a batch that returns them; empty when the library has none.</summary>
    internal ReadOnlySpan<float> Hidden(int row)
    {
        if (_hidden is not null)
            return _hidden.State;
        var state = NativeMethods.llama_get_embeddings_ith(_handle.Pointer, row);
        return state is null ? [] : new(state, HiddenLength);
    }

    /// <summary>Makes all positions of one lane part of another, which is empty, without copying.</summary>
    internal void Copy(SequenceId source, SequenceId destination) =>
        NativeMethods.llama_memory_seq_cp(_memory, source.Value, destination.Value, -1, -1);

    /// <summary>Copies what a lane holds besides cells that can be removed one by one: its recurrent state.</summary>
    /// <returns>The state, or <see langword="null"/> when the library could not give it.</returns>
    internal byte[]? SaveState(SequenceId lane)
    {
        var data = GC.AllocateUninitializedArray<byte>(
            (int)NativeMethods.llama_state_seq_get_size_ext(_handle.Pointer, lane.Value, PartialState));
        fixed (byte* destination = data)
        {
            var size = NativeMethods.llama_state_seq_get_data_ext(
                _handle.Pointer, destination, (nuint)data.Length, lane.Value, PartialState);
            return size == 0 || size > (nuint)data.Length ? null : data;
        }
    }

    /// <summary>Puts a saved state in the place of a lane's own. Cells behind it must be removed afterwards.</summary>
    /// <returns>False when the library could not; the lane must be emptied then.</returns>
    internal bool RestoreState(SequenceId lane, ReadOnlySpan<byte> state)
    {
        fixed (byte* source = state)
            return NativeMethods.llama_state_seq_set_data_ext(_handle.Pointer, source, (nuint)state.Length, lane.Value, PartialState) != 0;
    }

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

    public void Dispose()
    {
        _handle.Dispose();
        _hidden?.Dispose();
    }

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
