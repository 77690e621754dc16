using System.Text.Json.Serialization;
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
    /// <summary>Whether more was spent than is known (<see cref="Usage.Incomplete"/>); the numbers are then the least.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Incomplete { get; init; }

    /// <summary>Whether nothing is known of what was spent.</summary>
    [JsonIgnore]
    public bool IsMissing => Incomplete && Positions == 0;

    /// <summary>All positions, whether forwarded or served from a cache: the cost axis of comparisons.</summary>
    [JsonIgnore]
    public long Positions => Prompt + Generated + Latent + ToolPrompt + ToolGenerated + Discarded;

    /// <summary>Copies a reasoner's bill.</summary>
    public static UnitUsage From(Usage usage) => new(
        usage.Prompt, usage.Generated, usage.Latent, usage.ToolPrompt, usage.ToolGenerated, usage.Discarded, usage.Cached)
    {
        Incomplete = usage.Incomplete,
    };

    /// <summary>A number of it; <see langword="null"/> when what was spent is not fully known.</summary>
    internal long? Known(Func<UnitUsage, long> number) => Incomplete ? null : number(this);
}
