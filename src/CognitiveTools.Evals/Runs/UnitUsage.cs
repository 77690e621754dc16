using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Runs;

/// <summary>The bill of one unit as the log stores it, in positions.</summary>
/// <param name="Prompt">Prompt positions of the main context.</param>
/// <param name="Generated">Visible generated positions of the main context.</param>
/// <param name="Latent">Latent positions.</param>
/// <param name="ToolPrompt">Prompt positions of tool calls.</param>
/// <param name="ToolGenerated">Generated positions of tool calls.</param>
/// <param name="Discarded">Positions of branches that did not reach the answer.</param>
/// <param name="Cached">Of all these, positions served from a cache.</param>
public sealed record UnitUsage(
    long Prompt, long Generated, long Latent, long ToolPrompt, long ToolGenerated, long Discarded, long Cached)
{
    /// <summary>All positions, whether forwarded or served from a cache: the cost axis of comparisons.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long Positions => Prompt + Generated + Latent + ToolPrompt + ToolGenerated + Discarded;

    /// <summary>Copies a reasoner's bill.</summary>
    public static UnitUsage From(Usage usage) => new(
        usage.Prompt, usage.Generated, usage.Latent, usage.ToolPrompt, usage.ToolGenerated, usage.Discarded, usage.Cached);
}
