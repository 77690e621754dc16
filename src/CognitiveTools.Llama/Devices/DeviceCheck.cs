using System.Globalization;
using CognitiveTools.Llama.Natives;

namespace CognitiveTools.Llama.Devices;

/// <summary>
/// Refuses what the machine cannot run, before the library tries it: a GPU build without a GPU, more bytes than the memory has.
/// </summary>
internal static class DeviceCheck
{
    /// <summary>Makes sure that a requested GPU build has a GPU, and that layers requested on a GPU have one.</summary>
    /// <exception cref="NotSupportedException">The device is missing, and falling back to the CPU was not allowed.</exception>
    public static void RequireDevice(DevicePlacement options, IReadOnlyList<DeviceFacts> devices)
    {
        if (options.AllowCpuFallback || devices.Any(IsGpu))
            return;
        if (options.Variant is NativeVariant.Auto or NativeVariant.Cpu)
        {
            if (options.GpuLayers > 0)
                throw new NotSupportedException(
                    $"GpuLayers is {options.GpuLayers}, and this build of llama.cpp sees no GPU: "
                    + $"{string.Join(", ", devices.Select(d => d.Description))}. "
                    + "Use a GPU build (the backend Cuda or Vulkan), leave GpuLayers out, "
                    + "or allow the CPU as a fallback (AllowCpuFallback).");
            return;
        }

        throw new NotSupportedException(
            $"The {options.Variant} build found no GPU; it sees: {string.Join(", ", devices.Select(d => d.Description))}. "
            + "Check the driver, use the backend Auto or Cpu, or allow the CPU as a fallback (AllowCpuFallback).");
    }

    /// <summary>Makes sure that the weights fit: the layers requested on the GPUs there, the rest in memory.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="weightBytes">Size of all tensors.</param>
    /// <param name="layers">Layers of the model; the output counts as one more.</param>
    /// <param name="options">Where the weights are placed.</param>
    /// <param name="devices">The devices.</param>
    /// <exception cref="InvalidOperationException">They do not fit; the message says what would.</exception>
    public static void RequireMemory(string path, long weightBytes, int layers, DevicePlacement options, IReadOnlyList<DeviceFacts> devices)
    {
        var gpus = devices.Where(IsGpu).ToList();
        var parts = layers + 1;
        var onGpu = gpus.Count == 0 ? 0 : options.GpuLayers < 0 ? parts : Math.Min(options.GpuLayers, parts);
        var gpuBytes = weightBytes * onGpu / parts;
        var gpuFree = gpus.Sum(d => d.FreeBytes);
        if (gpuBytes > gpuFree)
        {
            throw new InvalidOperationException(
                $"{path} needs about {Gigabytes(gpuBytes)} for {onGpu} of {parts} layers on the GPU, "
                + $"and {Gigabytes(gpuFree)} are free there. "
                + $"Set GpuLayers to {gpuFree * parts / weightBytes} or fewer, or use a smaller quantisation.");
        }

        // Mapped pages can be read again from the file, so they need total memory, not free memory.
        if (devices.FirstOrDefault(d => d.Kind == "cpu") is not { TotalBytes: > 0 } memory)
            return;
        var (rest, available) = (weightBytes - gpuBytes, options.MemoryMap ? memory.TotalBytes : memory.FreeBytes);
        if (rest > available)
            throw new InvalidOperationException(
                $"{path} needs about {Gigabytes(rest)} of memory for its weights, and there are {Gigabytes(available)}. "
                + $"Use a smaller model or quantisation{(gpus.Count > 0 ? ", or more GpuLayers (--gpu-layers of cogtools)" : "")}.");
    }

    /// <summary>Makes sure that the key-value cache fits into the memory that is free after the weights.</summary>
    /// <param name="cacheBytes">See <see cref="CacheCost.Bytes"/>.</param>
    /// <param name="cacheLength">Its positions, for the message.</param>
    /// <param name="devices">The devices.</param>
    /// <param name="onGpu">Whether all layers, and so the cache, are on the GPUs.</param>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    public static void RequireCache(long cacheBytes, int cacheLength, IReadOnlyList<DeviceFacts> devices, bool onGpu)
    {
        var free = FreeForCache(devices, onGpu);
        if (free == 0 || cacheBytes <= free)
            return;
        throw new InvalidOperationException(
            $"A cache of {cacheLength:N0} positions needs about {Gigabytes(cacheBytes)}, and {Gigabytes(free)} are free. "
            + $"Lower CacheLength to {free / Math.Max(1, cacheBytes / cacheLength):N0} or fewer, "
            + "or ContextLength (--context of cogtools), or halve its size with CacheType q8_0 (--cache-type q8_0).");
    }

    /// <summary>Bytes that are free where a cache will be.</summary>
    /// <param name="devices">The devices.</param>
    /// <param name="onGpu">Whether all layers, and so the cache, are on the GPUs.</param>
    /// <returns>0 when unknown.</returns>
    public static long FreeForCache(IReadOnlyList<DeviceFacts> devices, bool onGpu) =>
        devices.Where(device => onGpu ? IsGpu(device) : device.Kind == "cpu").Sum(static device => device.FreeBytes);

    public static bool IsGpu(DeviceFacts device) => device.Kind is "gpu" or "integrated gpu";

    private static string Gigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB");
}
