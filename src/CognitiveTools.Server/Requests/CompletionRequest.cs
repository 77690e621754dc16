using Microsoft.Extensions.AI;

namespace CognitiveTools.Server.Requests;

/// <summary>A request for a completion, read and checked.</summary>
/// <param name="Model">The model's name as asked for.</param>
/// <param name="Messages">The conversation, at least one message.</param>
internal sealed record CompletionRequest(string Model, IReadOnlyList<ChatMessage> Messages)
{
    public bool Stream { get; init; }

    /// <summary>Whether a stream ends with its usage.</summary>
    public bool IncludeUsage { get; init; }

    public long? Seed { get; init; }

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    /// <summary><c>max_tokens</c>: the limit of the returned text.</summary>
    public int? MaxTokens { get; init; }

    /// <summary><c>max_completion_tokens</c>: the limit of all generated tokens, hidden ones included.</summary>
    public int? MaxCompletionTokens { get; init; }

    /// <summary><c>reasoning_effort</c>: how much the model thinks first; <see langword="null"/>: as it does by itself.</summary>
    public ReasoningEffort? Effort { get; init; }

    public IReadOnlyList<string> Stops { get; init; } = [];

    /// <summary>JSON instead of text; <see langword="null"/> for text.</summary>
    public ChatResponseFormatJson? Format { get; init; }

    /// <summary>Functions that the model may call.</summary>
    public IReadOnlyList<AITool> Tools { get; init; } = [];

    /// <summary>Whether a function must be called; <see langword="null"/>: as the model likes.</summary>
    public ChatToolMode? ToolMode { get; init; }

    /// <summary>Whether several functions may be called in a turn; <see langword="null"/>: as the client does by itself.</summary>
    public bool? ParallelCalls { get; init; }
}
