namespace CognitiveTools.Llama.Gguf;

/// <summary>Everything before the tensor data.</summary>
internal sealed record GgufContents(uint Version, GgufMetadata Metadata, IReadOnlyList<GgufTensor> Tensors, int Alignment, long DataOffset);
