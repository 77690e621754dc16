namespace CognitiveTools.Llama.Natives;

/// <summary>Which build of the llama.cpp libraries to use.</summary>
public enum NativeVariant
{
    /// <summary>The fastest that is present: CUDA, then Vulkan, then the platform's default build.</summary>
    Auto,

    /// <summary>The platform's default build: CPU only on Linux.</summary>
    Cpu,

    /// <summary>The NVIDIA build. It also runs where no such device is, on the CPU.</summary>
    Cuda,

    /// <summary>The Vulkan build. It also runs where no such device is, on the CPU.</summary>
    Vulkan,
}
