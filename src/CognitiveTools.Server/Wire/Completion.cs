using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Server.Wire;

/// <summary>A completion, or a piece of one.</summary>
internal sealed record Completion(string Id, string Object, long Created, string Model, IReadOnlyList<CompletionChoice> Choices)
{
    public CompletionUsage? Usage { get; init; }

    /// <summary>An extension: how the answer was made.</summary>
    public CompletionRemarks? CognitiveTools { get; init; }
}

/// <summary>What a client needs to know of how an answer was made.</summary>
/// <param name="Notes">Sentences, at least one.</param>
internal sealed record CompletionRemarks(IReadOnlyList<string> Notes)
{
    public static CompletionRemarks? Of(IReadOnlyList<string>? notes) => notes is { Count: > 0 } ? new(notes) : null;
}

internal sealed record CompletionChoice
{
    public int Index { get; init; }

    public CompletionMessage? Message { get; init; }

    public CompletionText? Delta { get; init; }

    // The protocol has the field in every piece; it is null in all but the last.
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? FinishReason { get; init; }
}

/// <summary>The message of a whole answer.</summary>
internal sealed record CompletionMessage
{
    public string Role { get; } = "assistant";

    // The protocol has the field in every message; it is null in one that refuses.
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Content { get; init; }

    public string? Refusal { get; init; }

    public string? ReasoningContent { get; init; }

    public IReadOnlyList<WireCall>? ToolCalls { get; init; }
}

/// <summary>A piece of a streamed message.</summary>
internal sealed record CompletionText
{
    public string? Role { get; init; }

    public string? Content { get; init; }

    public string? Refusal { get; init; }

    public string? ReasoningContent { get; init; }

    public IReadOnlyList<WireCall>? ToolCalls { get; init; }
}

/// <summary>A call of a function; the arguments are JSON in a string.</summary>
/// <param name="Index">Its place among the calls of a stream; not sent otherwise.</param>
/// <param name="Id">Its id.</param>
/// <param name="Type">Always <c>function</c>.</param>
/// <param name="Function">Name and arguments.</param>
internal sealed record WireCall(int? Index, string Id, string Type, WireFunction Function)
{
    public static WireCall Of(FunctionCallContent call, int? index) => new(
        index, call.CallId, "function", new(call.Name, JsonSerializer.Serialize(
            call.Arguments ?? new Dictionary<string, object?>(),
            AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>)))));
}

internal sealed record WireFunction(string Name, string Arguments);

internal sealed record CompletionUsage(long PromptTokens, long CompletionTokens, long TotalTokens)
{
    public PromptTokensDetails? PromptTokensDetails { get; init; }

    public CompletionTokensDetails? CompletionTokensDetails { get; init; }

    /// <summary>An extension: a reasoner's usage as the toolkit counts it.</summary>
    public PositionsDetails? PositionsDetails { get; init; }
}

internal sealed record PromptTokensDetails(long CachedTokens);

internal sealed record CompletionTokensDetails(long ReasoningTokens);

internal sealed record PositionsDetails(long Prompt, long Generated, long Latent, long ToolPrompt, long ToolGenerated, long Discarded,
    long? Cached);
