using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Latent.Solving;

/// <summary>Options of a <see cref="LatentReasoner"/>.</summary>
public sealed record LatentReasonerOptions
{
    /// <summary>The conversation for a question.</summary>
    public required Func<Question, IReadOnlyList<ChatMessage>> Prompt { get; init; }

    /// <summary>The maximum number of thoughts, at least 1.</summary>
    public required int Steps { get; init; }

    /// <summary>Tokens between the prompt and the thoughts, for instance Coconut's start marker.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<int> BeginTokens { get; init; } = [];

    /// <summary>Tokens between the thoughts and the answer, for instance Coconut's end marker.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<int> EndTokens { get; init; } = [];

    /// <summary>
    /// The tool in whose isolated context the model thinks; a thought then costs two positions, one there and one in the main context.
    /// </summary>
    /// <value><see langword="null"/>: the main context itself thinks.</value>
    internal LatentCall? Call { get; init; }

    /// <summary>
    /// The number of trajectories, at least 1, each with its own seed. They share the prompt's cache and step together; the
    /// positions left in the budget after the prompt are split evenly among them.
    /// </summary>
    /// <value>The default is 1.</value>
    public int Width { get; init; } = 1;

    /// <summary>Chooses among the trajectories.</summary>
    /// <value>The default is <see langword="null"/>; required for a width above 1.</value>
    public BranchChoice? Choice { get; init; }

    /// <summary>
    /// Whether the thoughts are compared with greedy decoding of the same prompt (<see cref="Agreement"/>).
    /// It forwards one token less than there are thoughts, which count as discarded.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ComparesWithGreedy { get; init; }
}
