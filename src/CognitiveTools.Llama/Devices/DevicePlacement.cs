using CognitiveTools.Llama.Natives;

namespace CognitiveTools.Llama.Devices;

/// <summary>Where a model's options place its weights.</summary>
internal sealed record DevicePlacement
{
    public NativeVariant Variant { get; init; } = NativeVariant.Auto;

    /// <summary>Layers on the GPUs; -1 for all.</summary>
    public int GpuLayers { get; init; } = -1;

    public bool MemoryMap { get; init; } = true;

    public bool AllowCpuFallback { get; init; }
}
