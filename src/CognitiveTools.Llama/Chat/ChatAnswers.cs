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

    internal static ChatResponse Response(Generation result, string? modelId) =>
        new(new ChatMessage(ChatRole.Assistant, ContentsOf(result)))
        {
            ModelId = modelId,
            FinishReason = FinishOf(result.End),
            Usage = UsageOf(result),
            AdditionalProperties = PropertiesOf(result.End),
        };

    internal static ChatResponseUpdate Update(GenerationPiece piece, string? modelId) =>
        new(ChatRole.Assistant, [ContentOf(new(piece.Text, piece.IsThought))]) { ModelId = modelId };

    internal static ChatResponseUpdate FinalUpdate(Generation result, string? modelId) =>
        new(ChatRole.Assistant, [new UsageContent(UsageOf(result))])
        {
            ModelId = modelId,
            FinishReason = FinishOf(result.End),
            AdditionalProperties = PropertiesOf(result.End),
        };

    private static List<AIContent> ContentsOf(Generation result) =>
        result.Parts.Count == 0 ? [new TextContent(result.Text)] : [.. result.Parts.Select(ContentOf)];

    private static AIContent ContentOf(TextPiece piece) =>
        piece.IsThought ? new TextReasoningContent(piece.Text) : new TextContent(piece.Text);

    private static ChatFinishReason FinishOf(GenerationEnd end) =>
        end is GenerationEnd.EndOfTurn or GenerationEnd.StopSequence ? ChatFinishReason.Stop : ChatFinishReason.Length;

    private static AdditionalPropertiesDictionary? PropertiesOf(GenerationEnd end) =>
        end == GenerationEnd.ContextFull ? new() { [ChatOptionKeys.ContextFull] = true } : null;

    private static UsageDetails UsageOf(Generation result) => new()
    {
        InputTokenCount = result.PromptLength,
        OutputTokenCount = result.Tokens.Count + result.TakenBack,
        TotalTokenCount = result.PromptLength + result.Tokens.Count + result.TakenBack,
        CachedInputTokenCount = result.Cached,
        ReasoningTokenCount = result.Parts.Count > 0 ? result.ThoughtTokens : null,
    };
}
