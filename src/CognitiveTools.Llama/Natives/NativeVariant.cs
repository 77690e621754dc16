namespace CognitiveTools.Llama.Natives;

/// <summary>Which build of the llama.cpp libraries to use.</summary>
public enum NativeVariant
{
    /// <summary>The fastest that is present: CUDA, then Vulkan, then the platform's default build.</summary>
    Auto,

    /// <summary>The platform's default build: CPU only on Linux.</summary>
    Cpu,

    /// <summary>The NVIDIA build. Where no such device is, it is refused unless the CPU may take its place.</summary>
    Cuda,

    /// <summary>The Vulkan build. Where no such device is, it is refused unless the CPU may take its place.</summary>
    Vulkan,

    /// <summary>The default build of macOS, which has Metal in it; refused elsewhere.</summary>
    Metal,
}
