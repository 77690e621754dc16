using CognitiveTools.Llama.Binding;

namespace CognitiveTools.Llama.Devices;

/// <summary>The devices of the loaded libraries. The libraries must be loaded.</summary>
internal static unsafe class DeviceList
{
    /// <summary>Every device, with its free memory.</summary>
    public static IReadOnlyList<DeviceFacts> Read() =>
    [
        .. Enumerable.Range(0, (int)NativeMethods.ggml_backend_dev_count())
            .Select(static i => Describe(NativeMethods.ggml_backend_dev_get((nuint)i))),
    ];

    private static DeviceFacts Describe(nint device)
    {
        nuint free, total;
        NativeMethods.ggml_backend_dev_memory(device, &free, &total);
        var kind = NativeMethods.ggml_backend_dev_type(device) switch
        {
            0 => "cpu",
            1 => "gpu",
            2 => "integrated gpu",
            _ => "accelerator",
        };
        // For a processor, the library reports all memory as free.
        var free64 = kind == "cpu" ? Math.Min((long)free, SystemMemory.AvailableBytes()) : (long)free;
        return new(
            NativeRuntime.Text(NativeMethods.ggml_backend_dev_name(device)),
            NativeRuntime.Text(NativeMethods.ggml_backend_dev_description(device)), kind, free64, (long)total);
    }
}
