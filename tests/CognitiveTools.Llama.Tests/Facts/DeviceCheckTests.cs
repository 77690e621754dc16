using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Devices;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Facts;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Natives;

namespace CognitiveTools.Llama.Tests.Facts;

public sealed class DeviceCheckTests
{
    private const long Gigabyte = 1_000_000_000;

    private static readonly DeviceFacts Cpu = new("CPU", "a processor", "cpu", FreeBytes: 8 * Gigabyte, TotalBytes: 16 * Gigabyte);
    private static readonly DeviceFacts Gpu = new("CUDA0", "a card", "gpu", FreeBytes: 4 * Gigabyte, TotalBytes: 6 * Gigabyte);

    [Theory]
    [InlineData(NativeVariant.Cuda)]
    [InlineData(NativeVariant.Vulkan)]
    public void A_GPU_build_without_a_GPU_is_refused_unless_the_CPU_may_take_its_place(NativeVariant variant)
    {
        var refused = Assert.Throws<NotSupportedException>(() => DeviceCheck.RequireDevice(new() { Variant = variant }, [Cpu]));

        Assert.Contains("AllowCpuFallback", refused.Message, StringComparison.Ordinal);
        Assert.Contains("a processor", refused.Message, StringComparison.Ordinal);
        DeviceCheck.RequireDevice(new() { Variant = variant, AllowCpuFallback = true }, [Cpu]);
        DeviceCheck.RequireDevice(new() { Variant = variant }, [Cpu, Gpu]);
        DeviceCheck.RequireDevice(new() { Variant = NativeVariant.Auto }, [Cpu]);
    }

    [Fact]
    public void Layers_on_a_GPU_that_is_not_there_are_refused_and_not_placed_elsewhere_in_silence()
    {
        var refused = Assert.Throws<NotSupportedException>(() => DeviceCheck.RequireDevice(new() { GpuLayers = 99 }, [Cpu]));

        Assert.Contains("GpuLayers is 99, and this build of llama.cpp sees no GPU", refused.Message, StringComparison.Ordinal);
        DeviceCheck.RequireDevice(new() { GpuLayers = 99 }, [Cpu, Gpu]);
        DeviceCheck.RequireDevice(new() { GpuLayers = 99, AllowCpuFallback = true }, [Cpu]);
        DeviceCheck.RequireDevice(new() { GpuLayers = 0 }, [Cpu]);
    }

    [Fact]
    public void Memory_that_is_available_is_read_from_the_kernel_and_is_less_than_all_there_is()
    {
        Assert.Equal(2048 * 1024, SystemMemory.Read(["MemTotal:       16384 kB", "MemFree:  1 kB", "MemAvailable:    2048 kB"]));
        Assert.Null(SystemMemory.Read(["MemTotal: 1 kB", "MemAvailable: much"]));
        var device = LlamaDoctor.InspectNatives().Devices.First(static d => d.Kind == "cpu");
        Assert.InRange(device.FreeBytes, 1, device.TotalBytes - 1);
    }

    [Fact]
    public void Weights_that_do_not_fit_on_the_GPU_are_refused_with_the_layers_that_would()
    {
        var refused =
            Assert.Throws<InvalidOperationException>(() => DeviceCheck.RequireMemory("m.gguf", 8 * Gigabyte, 31, new(), [Cpu, Gpu]));

        Assert.Contains("8.00 GB for 32 of 32 layers", refused.Message, StringComparison.Ordinal);
        Assert.Contains("GpuLayers to 16 or fewer", refused.Message, StringComparison.Ordinal);
        DeviceCheck.RequireMemory("m.gguf", 8 * Gigabyte, 31, new() { GpuLayers = 16 }, [Cpu, Gpu]);
        Assert.Throws<InvalidOperationException>(
            () => DeviceCheck.RequireMemory("m.gguf", 8 * Gigabyte, 31, new() { GpuLayers = 17 }, [Cpu, Gpu]));
    }

    [Fact]
    public void Mapped_weights_must_fit_in_the_memory_there_is_and_read_ones_in_what_is_free()
    {
        DeviceCheck.RequireMemory("m.gguf", 12 * Gigabyte, 31, new(), [Cpu]);
        Assert.Throws<InvalidOperationException>(() => DeviceCheck.RequireMemory("m.gguf", 17 * Gigabyte, 31, new(), [Cpu]));
        Assert.Throws<InvalidOperationException>(
            () => DeviceCheck.RequireMemory("m.gguf", 12 * Gigabyte, 31, new() { MemoryMap = false }, [Cpu]));
    }

    [Fact]
    public void A_cache_that_does_not_fit_is_refused_with_the_length_that_would()
    {
        // 22 layers, 4 shared heads of 64: TinyLlama, 22,528 bytes a position.
        var cost = new CacheCost(22 * 4 * 2 * 64, PerSequence: 0);

        Assert.Equal(22_528, cost.BytesPerPosition(CacheType.F16));
        var refused = Assert.Throws<InvalidOperationException>(
            () => DeviceCheck.RequireCache(cost.Bytes(1_000_000, 32, CacheType.F16), 1_000_000, [Cpu], onGpu: false));
        Assert.Contains("Lower CacheLength to 355,113", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--cache-type q8_0", refused.Message, StringComparison.Ordinal);
        DeviceCheck.RequireCache(cost.Bytes(355_113, 32, CacheType.F16), 355_113, [Cpu], onGpu: false);
        Assert.Throws<InvalidOperationException>(() => DeviceCheck.RequireCache(5 * Gigabyte, 1_000, [Cpu, Gpu], onGpu: true));
    }

    [Fact]
    public void A_real_model_with_a_cache_beyond_this_machine_is_refused_before_anything_is_allocated()
    {
        var refused =
            Assert.Throws<InvalidOperationException>(() => new LlamaEngine(TestModels.Tiny, new() { CacheLength = int.MaxValue / 2 }));

        Assert.Contains("Lower CacheLength", refused.Message, StringComparison.Ordinal);
    }
}
