using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Binding;

/// <summary>The model parameters that the binding sets; all others keep llama.cpp's defaults.</summary>
/// <param name="GpuLayers">Layers on the GPU; negative: all.</param>
/// <param name="MemoryMap">Whether the file is mapped into memory instead of being read.</param>
/// <param name="Overrides">The native array of metadata overrides; 0: no override. It must live until the model is loaded.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ModelSettings(int GpuLayers, bool MemoryMap, nint Overrides);
