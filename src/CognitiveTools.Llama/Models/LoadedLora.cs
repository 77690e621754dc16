namespace CognitiveTools.Llama.Models;

/// <summary>A LoRA adapter of a loaded model. llama.cpp frees it with the model.</summary>
/// <param name="Path">The file.</param>
/// <param name="Adapter">The native object.</param>
/// <param name="Scale">Factor of its effect.</param>
internal sealed record LoadedLora(string Path, nint Adapter, float Scale);
