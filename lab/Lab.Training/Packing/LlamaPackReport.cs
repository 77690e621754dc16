namespace CognitiveTools.Lab.Training.Packing;

/// <summary>What was packed.</summary>
/// <param name="Path">The file written.</param>
/// <param name="Parameters">Weights in all tensors.</param>
/// <param name="Tensors">Tensors.</param>
/// <param name="Bytes">Length of the file.</param>
internal sealed record LlamaPackReport(string Path, long Parameters, int Tensors, long Bytes);
