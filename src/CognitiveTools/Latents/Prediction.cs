namespace CognitiveTools.Latents;

/// <summary>The network's output at one position.</summary>
/// <param name="Hidden">Hidden state after the final norm, <see cref="ILatentModel.EmbeddingLength"/> floats.</param>
/// <param name="Logits">Unnormalised log-probabilities of the next token, <see cref="ILatentModel.VocabularySize"/> floats.</param>
/// <remarks>Both memories belong to the caller and stay valid.</remarks>
public readonly record struct Prediction(ReadOnlyMemory<float> Hidden, ReadOnlyMemory<float> Logits);
