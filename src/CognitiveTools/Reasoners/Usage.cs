using System.Text.Json.Serialization;

namespace CognitiveTools.Reasoners;

/// <summary>
/// Positions of the model that a solve used, split by purpose. One position is one row through the network, token or embedding, so
/// this is the common cost axis of verbal and latent reasoning: FLOPs are about 2 x parameters x positions.
/// </summary>
public sealed record Usage
{
    /// <summary>No positions and no time.</summary>
    public static Usage None { get; } = new();

    /// <summary>Prompt positions of the main context.</summary>
    public long Prompt { get; init; }

    /// <summary>Generated positions of the main context, thoughts included.</summary>
    public long Generated { get; init; }

    /// <summary>Latent positions: embeddings or pause tokens fed in place of visible tokens.</summary>
    public long Latent { get; init; }

    /// <summary>Prompt positions of isolated tool calls.</summary>
    public long ToolPrompt { get; init; }

    /// <summary>Generated positions of isolated tool calls.</summary>
    public long ToolGenerated { get; init; }

    /// <summary>Positions of branches that are not part of the answer (width, voting, rewound text).</summary>
    public long Discarded { get; init; }

    /// <summary>
    /// Of <see cref="Generated"/> the positions of thoughts: text that the model wrote for itself before its answer, as the client
    /// counted it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long ThoughtTokens { get; init; }

    /// <summary>Of <see cref="ToolGenerated"/> the positions of thoughts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long ToolThoughtTokens { get; init; }

    /// <summary>
    /// Of all the positions above, those served from a cache instead of being forwarded again. It depends on the order in which
    /// work reached the engine, so comparisons use <see cref="Positions"/>.
    /// </summary>
    public long Cached { get; init; }

    /// <summary>
    /// Whether the usage is known only in part, because a client reported no usage or only a part of it. The numbers are then lower
    /// bounds; a total that a client did not split is counted as prompt.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Incomplete { get; init; }

    /// <summary>Wall time.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>All positions, forwarded or served from a cache; a lower bound when <see cref="Incomplete"/>.</summary>
    public long Positions => Prompt + Generated + Latent + ToolPrompt + ToolGenerated + Discarded;

    /// <summary>Thought tokens of the main context and of tools.</summary>
    internal long AllThoughtTokens => ThoughtTokens + ToolThoughtTokens;

    /// <summary>Positions that went through the network.</summary>
    public long Forwarded => Positions - Cached;

    /// <summary>Adds two usages; times add up too.</summary>
    public static Usage operator +(Usage left, Usage right) => new()
    {
        Prompt = left.Prompt + right.Prompt,
        Generated = left.Generated + right.Generated,
        Latent = left.Latent + right.Latent,
        ToolPrompt = left.ToolPrompt + right.ToolPrompt,
        ToolGenerated = left.ToolGenerated + right.ToolGenerated,
        Discarded = left.Discarded + right.Discarded,
        ThoughtTokens = left.ThoughtTokens + right.ThoughtTokens,
        ToolThoughtTokens = left.ToolThoughtTokens + right.ToolThoughtTokens,
        Cached = left.Cached + right.Cached,
        Incomplete = left.Incomplete || right.Incomplete,
        Elapsed = left.Elapsed + right.Elapsed,
    };

    /// <summary>Adds two usages; the named alternative of the operator.</summary>
    public static Usage Add(Usage left, Usage right) => left + right;
}
