using CognitiveTools.Latents;

namespace CognitiveTools.Steering;

/// <summary>A text that was generated under steering, and what its prompt cost.</summary>
/// <param name="Continuation">The text and why it ended.</param>
/// <param name="PromptLength">Positions of the prompt.</param>
/// <param name="Cached">Of these, the positions that a prefix cache served.</param>
public sealed record SteeredText(Continuation Continuation, int PromptLength, int Cached);
