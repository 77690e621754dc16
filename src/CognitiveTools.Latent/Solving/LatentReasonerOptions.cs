using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Latent.Solving;

/// <summary>How a <see cref="LatentReasoner"/> asks, how long and how wide it thinks, and what frames its thoughts.</summary>
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

    /// <summary>
    /// The tool in whose isolated context the thoughts are thought; a thought then costs two positions, one there and one where it
    /// is handed over.
    /// </summary>
    /// <value><see langword="null"/>: the main context itself thinks.</value>
    public LatentCall? Call { get; init; }

    /// <summary>
    /// Trajectories at least 1, each with a seed of its own. They share the prompt's cache and step together; what is left of
    /// the budget's positions after the prompt is split evenly among them.
    /// </summary>
    /// <value>The default is 1.</value>
    public int Width { get; init; } = 1;

    /// <summary>Chooses among the trajectories.</summary>
    /// <value><see langword="null"/>, which a width of 1 needs not.</value>
    public BranchChoice? Choice { get; init; }

    /// <summary>
    /// Whether the thoughts are compared with greedy decoding of the same prompt (<see cref="Agreement"/>). It forwards as many
    /// tokens as there are thoughts, which are booked as discarded.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ComparesWithGreedy { get; init; }
}
