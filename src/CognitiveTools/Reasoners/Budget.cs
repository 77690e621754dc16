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
