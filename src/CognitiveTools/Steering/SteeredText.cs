using CognitiveTools.Latents;

namespace CognitiveTools.Steering;

/// <summary>A text that was generated with steering, and the cost of its prompt.</summary>
/// <param name="Continuation">The text and why it ended.</param>
/// <param name="PromptLength">Positions of the prompt.</param>
/// <param name="Cached">Of these, the positions that a prefix cache served.</param>
internal sealed record SteeredText(Continuation Continuation, int PromptLength, int Cached);
