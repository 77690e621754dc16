using System.Text.Json.Serialization;

namespace CognitiveTools.Server.Wire;

/// <summary>A completion, or a piece of one.</summary>
internal sealed record Completion(string Id, string Object, long Created, string Model, IReadOnlyList<CompletionChoice> Choices)
{
    public CompletionUsage? Usage { get; init; }
}

internal sealed record CompletionChoice
{
    public int Index { get; init; }

    public CompletionText? Message { get; init; }

    public CompletionText? Delta { get; init; }

    // The protocol has it in every piece, null in all but the last.
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? FinishReason { get; init; }
}

internal sealed record CompletionText
{
    public string? Role { get; init; }

    public string? Content { get; init; }

    public string? ReasoningContent { get; init; }
}

internal sealed record CompletionUsage(long PromptTokens, long CompletionTokens, long TotalTokens)
{
    public PromptTokensDetails? PromptTokensDetails { get; init; }

    public CompletionTokensDetails? CompletionTokensDetails { get; init; }

    /// <summary>Ours: a reasoner's bill as the toolkit counts it.</summary>
    public PositionsDetails? PositionsDetails { get; init; }
}

internal sealed record PromptTokensDetails(long CachedTokens);

internal sealed record CompletionTokensDetails(long ReasoningTokens);

internal sealed record PositionsDetails(long Prompt, long Generated, long Latent, long ToolPrompt, long ToolGenerated, long Discarded,
    long? Cached);
