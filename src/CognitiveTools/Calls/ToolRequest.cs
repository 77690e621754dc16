using CognitiveTools.Prompts;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Calls;

/// <summary>One call of a tool.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">A text for each required parameter; optional ones may be absent.</param>
/// <param name="Profile">Where the tool's prompt is from.</param>
public sealed record ToolRequest(CognitiveTool Tool, IReadOnlyDictionary<string, string> Arguments, PromptProfile Profile)
{
    /// <summary>Seed of this call alone.</summary>
    public int Seed { get; init; }

    /// <summary>Tokens the caller's budget leaves, if fewer than the tool's own limit; <see langword="null"/> for no more limit.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>
    /// Messages the call is made to see before its own: the ablation of isolation. <see langword="null"/> for an isolated call,
    /// which sees nothing but its arguments.
    /// </summary>
    public IReadOnlyList<ChatMessage>? Context { get; init; }

    /// <summary>Wall time the caller's budget leaves, if less than the tool's own limit; <see langword="null"/> for no more limit.</summary>
    public TimeSpan? TimeLimit { get; init; }
}
