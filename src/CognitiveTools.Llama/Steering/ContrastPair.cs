using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Steering;

/// <summary>Two conversations that differ in the effect that a control vector should have.</summary>
/// <param name="Positive">The conversation with the effect.</param>
/// <param name="Negative">The conversation without the effect.</param>
internal sealed record ContrastPair(IReadOnlyList<ChatMessage> Positive, IReadOnlyList<ChatMessage> Negative);
