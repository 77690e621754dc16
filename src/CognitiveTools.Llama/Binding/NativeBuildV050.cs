using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Binding;

/// <summary>llama.cpp v0.5.0 of 2026-09, as the npm packages of node-llama-cpp ship it.</summary>
internal sealed unsafe partial class NativeBuildV050 : NativeBuild
{
    internal override string Name => "v0.5.0";

    internal override string Origin => "npm packages @node-llama-cpp/* 3.22.1";

    internal override nint LoadModel(byte* path, in ModelSettings settings)
    {
        var parameters = llama_model_default_params();
        parameters.GpuLayers = settings.GpuLayers;
        parameters.LoadMode = settings.MemoryMap ? 1 : 0;
        parameters.KeyValueOverrides = settings.Overrides;
        return llama_model_load_from_file(path, parameters);
    }

    internal override nint NewContext(nint model, in ContextSettings settings)
    {
        var parameters = llama_context_default_params();
        parameters.ContextLength = (uint)settings.CacheLength;
        parameters.BatchSize = parameters.MicroBatchSize = (uint)settings.BatchSize;
        parameters.MaxSequences = (uint)settings.MaxSequences;
        parameters.Threads = settings.Threads;
        parameters.BatchThreads = settings.BatchThreads;
        parameters.PoolingType = 0; // a hidden state per position
        parameters.UnifiedCache = 1; // one pool of cells, so that sequences can share a prefix
        parameters.KeyType = parameters.ValueType = (int)settings.CacheType;
        if (settings.PlainAttention)
            parameters.FlashAttention = 0;
        (parameters.EvalCallback, parameters.EvalCallbackUserData) = settings.Evaluation;
        return llama_init_from_model(model, parameters);
    }

    // Builds outside llama.cpp's own release machinery say 0.5.0-dev.
    internal override nint NewPenalties(int vocabulary, int window, float repeat, float presence) =>
        llama_sampler_init_penalties(vocabulary, window, repeat, 0, presence);

    private protected override bool Is(string version) =>
        string.Equals(version.TrimStart('v').Split('-')[0], "0.5.0", StringComparison.Ordinal);

    private protected override bool HasLayout()
    {
        var model = llama_model_default_params();
        var context = llama_context_default_params();
        return model is { Devices: 0, GpuLayers: -1, SplitMode: 1, LoadMode: -1 }
            && model is { LazyMode: 1, UseExtraBuffers: 1, NoAllocation: 0, LoadMtp: 0 }
            && context is { ContextLength: 512, BatchSize: 2048, MicroBatchSize: 512, MaxSequences: 1, MaxOutputsPerSequence: 1 }
            && context is { FlashAttention: -1, YarnBetaSlow: -1f, KeyType: 1, ValueType: 1, Embeddings: 0, OffloadKqv: 1, NoPerf: 1 }
            && context is { OperationOffload: 1, FullSlidingWindow: 1, UnifiedCache: 0, Samplers: 0, SamplerCount: 0, OtherContext: 0 };
    }

    [LibraryImport(NativeMethods.Llama)]
    private static partial ModelParamsV050 llama_model_default_params();

    [LibraryImport(NativeMethods.Llama)]
    private static partial ContextParamsV050 llama_context_default_params();

    [LibraryImport(NativeMethods.Llama)]
    private static partial nint llama_model_load_from_file(byte* path, ModelParamsV050 parameters);

    [LibraryImport(NativeMethods.Llama)]
    private static partial nint llama_sampler_init_penalties(
        int vocabulary, int lastTokens, float repeat, float frequency, float presence);

    [LibraryImport(NativeMethods.Llama)]
    private static partial nint llama_init_from_model(nint model, ContextParamsV050 parameters);
}
