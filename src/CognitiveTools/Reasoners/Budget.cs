namespace CognitiveTools.Reasoners;

/// <summary>
/// The limits of one solve. A limit that was hit is recorded in <see cref="Reasoning.Stop"/>
/// and leads to at most one forced-answer turn without tools; nothing is cut silently.
/// </summary>
public sealed record Budget
{
    /// <summary>The most that files and options may set a limit to; sums of two still fit an <see langword="int"/>.</summary>
    internal const int MostOfALimit = 1_000_000_000;

    /// <summary>The default budget.</summary>
    public static Budget Default { get; } = new();

    /// <summary>
    /// The limit of positions of the main context and all tool calls together, thoughts not counted
    /// (<see cref="ThoughtTokens"/>).
    /// </summary>
    /// <value>The default is 16,384 positions.</value>
    /// <remarks>
    /// Reasoners on a latent model (latent, <c>cot-decoding</c>) know the length of a prompt and keep within the
    /// limit. A chat client reports it only afterwards: <c>direct</c> and <c>cot</c> generate at most the limit,
    /// so they may exceed it by their prompt; the tool loop begins no turn after the limit is spent, and may
    /// exceed it by the prompt of a call or a turn and by the forced answer. Both then name <c>positions</c> in
    /// <see cref="Reasoning.LimitsHit"/>. Each sample of a majority vote has the whole limit.
    /// </remarks>
    public int Positions { get; init; } = 16_384;

    /// <summary>
    /// The limit of thought tokens of the whole solve, apart from <see cref="Positions"/>. A turn may generate what is left of it
    /// beside its answer, if the client says that the model thinks, or the reasoner's setting <c>think</c> or <c>thoughts</c> does.
    /// </summary>
    /// <value>The default is 16,384 tokens.</value>
    public int ThoughtTokens { get; init; } = 16_384;

    /// <summary>The limit of tokens of one generation (a turn of the main context), thoughts not counted.</summary>
    /// <value>The default is 2,048 tokens.</value>
    public int TokensPerTurn { get; init; } = 2_048;

    /// <summary>The limit of tool calls in total.</summary>
    /// <value>The default is 12 calls.</value>
    public int ToolCalls { get; init; } = 12;

    /// <summary>The limit of calls of each tool.</summary>
    /// <value>The default is 4 calls.</value>
    public int CallsPerTool { get; init; } = 4;

    /// <summary>The limit of wall time of the whole solve; <see langword="null"/> means no limit.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public TimeSpan? WallTime { get; init; }
}
