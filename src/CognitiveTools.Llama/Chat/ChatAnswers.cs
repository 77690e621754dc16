using CognitiveTools.Chat;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Chat;

/// <summary>Converts generations to the types of Microsoft.Extensions.AI.</summary>
internal static class ChatAnswers
{
    internal static IEnumerable<ChatMessage> WithInstructions(IEnumerable<ChatMessage> messages, ChatOptions? options) =>
        options?.Instructions is { Length: > 0 } instructions ? messages.Prepend(new(ChatRole.System, instructions)) : messages;

    internal static ChatResponse Response(ChatResult result, string? modelId) =>
        new(new ChatMessage(ChatRole.Assistant, [.. ContentsOf(result), .. CallsOf(result)]))
        {
            ModelId = modelId,
            FinishReason = FinishOf(result),
            Usage = UsageOf(result.Generation),
            AdditionalProperties = PropertiesOf(result),
        };

    /// <summary>A piece as updates: the last one has the calls, then usage and finish reason.</summary>
    internal static IEnumerable<ChatResponseUpdate> Updates(ChatPiece piece, string? modelId)
    {
        if (piece.Result is not { } result)
        {
            yield return new(ChatRole.Assistant, [ContentOf(new(piece.Text, piece.IsThought))]) { ModelId = modelId };
            yield break;
        }

        foreach (var content in CallsOf(result))
            yield return new(ChatRole.Assistant, [content]) { ModelId = modelId };
        yield return new(ChatRole.Assistant, [new UsageContent(UsageOf(result.Generation))])
        {
            ModelId = modelId,
            FinishReason = FinishOf(result),
            AdditionalProperties = PropertiesOf(result),
        };
    }

    private static IEnumerable<AIContent> ContentsOf(ChatResult result) =>
        result.Generation.Parts.Count > 0 ? result.Generation.Parts.Select(ContentOf)
        : result.Generation.Text.Length == 0 && result.Calls.Count > 0 ? []
        : [new TextContent(result.Generation.Text)];

    // Behind the calls is what was cut: it is shown.
    private static IEnumerable<AIContent> CallsOf(ChatResult result)
    {
        foreach (var call in result.Calls)
            yield return call.ToContent();
        if (result.Behind.Length > 0)
            yield return new TextContent(result.Behind);
    }

    private static AIContent ContentOf(TextPiece piece) =>
        piece.IsThought ? new TextReasoningContent(piece.Text) : new TextContent(piece.Text);

    private static ChatFinishReason FinishOf(ChatResult result)
    {
        var isWhole = result.Generation.End is GenerationEnd.EndOfTurn or GenerationEnd.StopSequence;
        return result.Calls.Count > 0 && (isWhole || result.Behind.Length == 0) ? ChatFinishReason.ToolCalls
            : isWhole ? ChatFinishReason.Stop
            : ChatFinishReason.Length;
    }

    private static AdditionalPropertiesDictionary? PropertiesOf(ChatResult result)
    {
        var properties = new AdditionalPropertiesDictionary();
        if (result.Generation.End == GenerationEnd.ContextFull)
            properties[ChatOptionKeys.ContextFull] = true;
        if (result.Notes.Count > 0)
            properties[ChatOptionKeys.Notes] = result.Notes.ToArray();
        return properties.Count > 0 ? properties : null;
    }

    private static UsageDetails UsageOf(Generation result) => new()
    {
        InputTokenCount = result.PromptLength,
        OutputTokenCount = result.Tokens.Count + result.TakenBack,
        TotalTokenCount = result.PromptLength + result.Tokens.Count + result.TakenBack,
        CachedInputTokenCount = result.Cached,
        ReasoningTokenCount = result.ThoughtTokens,
    };
}
