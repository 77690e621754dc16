using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Latent.Solving;

/// <summary>How a <see cref="LatentReasoner"/> asks, how long it thinks, and what frames its thoughts.</summary>
public sealed record LatentReasonerOptions
{
    /// <summary>The conversation put to the model for a question.</summary>
    public required Func<Question, IReadOnlyList<ChatMessage>> Prompt { get; init; }

    /// <summary>Thoughts at most, at least 1.</summary>
    public required int Steps { get; init; }

    /// <summary>Tokens between the prompt and the thoughts, for instance Coconut's start marker.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<int> BeginTokens { get; init; } = [];

    /// <summary>Tokens between the thoughts and the answer, for instance Coconut's end marker.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<int> EndTokens { get; init; } = [];
}
