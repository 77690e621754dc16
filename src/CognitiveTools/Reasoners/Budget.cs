namespace CognitiveTools.Reasoners;

/// <summary>
/// What one solve may spend. Hitting a limit is recorded in <see cref="Reasoning.Stop"/> and leads to at most one
/// forced-answer turn with the tools removed; nothing is cut silently.
/// </summary>
public sealed record Budget
{
    /// <summary>The budget used when a host names none.</summary>
    public static Budget Default { get; } = new();

    /// <summary>Positions the main context and every sub-call may forward together.</summary>
    /// <value>The default is 16,384 positions.</value>
    /// <remarks>
    /// Reasoners that hold the model (latent, <c>cot-decoding</c>) know the length of a prompt and keep within the limit. A chat client
    /// says it only afterwards: <c>PromptReasoner</c> generates no more tokens than the limit, so it may go over it by its
    /// prompt; the tool loop begins no turn once it is spent, and may go over it by the prompt of a call or a turn and by the forced
    /// answer. Both name <c>positions</c> in <see cref="Reasoning.LimitsHit"/> when they went over it. Each sample of a
    /// <see cref="MajorityVote"/> has the whole limit to itself.
    /// </remarks>
    public int Positions { get; init; } = 16_384;

    /// <summary>Tokens one generation (a turn of the main context) may produce.</summary>
    /// <value>The default is 2,048 tokens.</value>
    public int TokensPerTurn { get; init; } = 2_048;

    /// <summary>Tool calls in total.</summary>
    /// <value>The default is 12 calls.</value>
    public int ToolCalls { get; init; } = 12;

    /// <summary>Calls of any single tool.</summary>
    /// <value>The default is 4 calls.</value>
    public int CallsPerTool { get; init; } = 4;

    /// <summary>Wall time of the whole solve; <see langword="null"/> means no limit.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public TimeSpan? WallTime { get; init; }
}
