namespace CognitiveTools.Models.Discovery;

/// <summary>A model in Ollama's store.</summary>
/// <param name="Path">Its GGUF file, which has no ending.</param>
/// <param name="Sha256">The file's SHA-256 by Ollama's manifest.</param>
/// <param name="Lora">Its LoRA adapter; <see langword="null"/> for none.</param>
internal sealed record OllamaModel(string Path, string Sha256, string? Lora);
