using System.Text.Json.Serialization;

namespace CognitiveTools.Reasoners;

/// <summary>
/// Positions of the model that a solve needed, split by purpose. One position is one row through the network, be it a
/// token or an embedding, so this is the common cost axis of verbal and latent reasoning:
/// FLOPs are about 2 x parameters x positions.
/// </summary>
public sealed record Usage
{
    /// <summary>No work at all.</summary>
    public static Usage None { get; } = new();

    /// <summary>Prompt positions of the main context.</summary>
    public long Prompt { get; init; }

    /// <summary>Generated (visible) positions of the main context.</summary>
    public long Generated { get; init; }

    /// <summary>Latent positions: embeddings or pause tokens fed in place of visible tokens.</summary>
    public long Latent { get; init; }

    /// <summary>Prompt positions of isolated tool calls.</summary>
    public long ToolPrompt { get; init; }

    /// <summary>Generated positions of isolated tool calls.</summary>
    public long ToolGenerated { get; init; }

    /// <summary>Positions of branches that did not reach the answer (width, voting, rewound text).</summary>
    public long Discarded { get; init; }

    /// <summary>
    /// Of all the positions above, those served from a cache instead of being forwarded again. Depends on the order in
    /// which work reached the engine, so comparisons use <see cref="Positions"/>.
    /// </summary>
    public long Cached { get; init; }

    /// <summary>
    /// Whether more was spent than is known: a client reported no usage, or only a part of it. The numbers are then what is known; a
    /// total that a client did not split is counted as prompt.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Incomplete { get; init; }

    /// <summary>Wall time.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>All positions, whether forwarded or served from a cache; at least so many when <see cref="Incomplete"/>.</summary>
    public long Positions => Prompt + Generated + Latent + ToolPrompt + ToolGenerated + Discarded;

    /// <summary>Positions that went through the network in fact.</summary>
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
        Cached = left.Cached + right.Cached,
        Incomplete = left.Incomplete || right.Incomplete,
        Elapsed = left.Elapsed + right.Elapsed,
    };

    /// <summary>The named alternative of the operator.</summary>
    public static Usage Add(Usage left, Usage right) => left + right;
}
