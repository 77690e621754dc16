using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Binding;

/// <summary>llama.cpp b10221 (commit 815a2a5) of 2026-08-01, as LLamaSharp.Backend.* 0.29 and 0.30 ship it.</summary>
internal sealed unsafe partial class NativeBuildB10221 : NativeBuild
{
    internal override string Name => "b10221";

    internal override string Origin => "NuGet packages LLamaSharp.Backend.* 0.30.0";

    internal override IReadOnlyList<string> MissingArchitectures =>
    [
        "bailingmoe3", "dots3note", "granite_swa", "graniteswitch", "hrm_text", "hy_v4", "kimi-k3", "maple", "minimax-01", "muse-glimmer",
        "pockettts",
        "qwen3tts", "qwen4exp", "spark2_5",
    ];

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

    internal override nint NewPenalties(int vocabulary, int window, float repeat, float presence) =>
        llama_sampler_init_penalties(window, repeat, 0, presence);

    private protected override bool Is(string version) => version.StartsWith("815a2a5", StringComparison.Ordinal);

    private protected override bool HasLayout()
    {
        var model = llama_model_default_params();
        var context = llama_context_default_params();
        return model is { Devices: 0, GpuLayers: -1, SplitMode: 1, LoadMode: -1 or 1 }
            && model is { MainGpu: 0, UseExtraBuffers: 1, NoAllocation: 0, LoadMtp: 0 }
            && context is { ContextLength: 512, BatchSize: 2048, MicroBatchSize: 512, MaxSequences: 1 }
            && context is { FlashAttention: -1, YarnBetaSlow: -1f, KeyType: 1, ValueType: 1, Embeddings: 0, OffloadKqv: 1, NoPerf: 1 }
            && context is { OperationOffload: 1, FullSlidingWindow: 1, UnifiedCache: 0, Samplers: 0, SamplerCount: 0, OtherContext: 0 };
    }

    [LibraryImport(NativeMethods.Llama)]
    private static partial ModelParamsB10221 llama_model_default_params();

    [LibraryImport(NativeMethods.Llama)]
    private static partial ContextParamsB10221 llama_context_default_params();

    [LibraryImport(NativeMethods.Llama)]
    private static partial nint llama_model_load_from_file(byte* path, ModelParamsB10221 parameters);

    [LibraryImport(NativeMethods.Llama)]
    private static partial nint llama_sampler_init_penalties(int lastTokens, float repeat, float frequency, float presence);

    [LibraryImport(NativeMethods.Llama)]
    private static partial nint llama_init_from_model(nint model, ContextParamsB10221 parameters);
}
