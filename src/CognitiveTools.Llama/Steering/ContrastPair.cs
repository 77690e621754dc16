using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Steering;

/// <summary>Two conversations that differ in what a control vector is to bring about.</summary>
/// <param name="Positive">The one with it.</param>
/// <param name="Negative">The one without it.</param>
internal sealed record ContrastPair(IReadOnlyList<ChatMessage> Positive, IReadOnlyList<ChatMessage> Negative);
