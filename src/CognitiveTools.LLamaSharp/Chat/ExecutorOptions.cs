using CognitiveTools.Chat;
using LLama.Common;
using LLama.Sampling;
using Microsoft.Extensions.AI;

namespace CognitiveTools.LLamaSharp.Chat;

/// <summary>Reads <see cref="ChatOptions"/> and refuses what an executor cannot honour.</summary>
internal static class ExecutorOptions
{
    /// <param name="options">The caller's options; null: greedy, up to the end of the context.</param>
    /// <param name="modelId">The one model that is served.</param>
    /// <param name="room">Tokens that the context has left.</param>
    /// <exception cref="NotSupportedException">An option is set that has no counterpart here.</exception>
    internal static InferenceParams Read(ChatOptions? options, string? modelId, int room)
    {
        options ??= new();
        Refuse(
            options.Tools is { Count: > 0 }, nameof(options.Tools),
            "Describe the tools in the prompt and read the call from the text, as the cognitive tool loop does.");
        Refuse(options.ToolMode is not (null or NoneChatToolMode or AutoChatToolMode), nameof(options.ToolMode), "Leave it unset.");
        Refuse(
            options.ResponseFormat is not (null or ChatResponseFormatText), nameof(options.ResponseFormat),
            "Ask for JSON in the prompt, or use CognitiveTools.Llama, which constrains the text by a grammar.");
        Refuse(
            Property(options, ChatOptionKeys.Grammar) is not null, ChatOptionKeys.Grammar,
            "Use CognitiveTools.Llama, which constrains the text by a grammar.");
        Refuse(options.FrequencyPenalty is not (null or 0), nameof(options.FrequencyPenalty), "Leave it unset.");
        Refuse(options.PresencePenalty is not (null or 0), nameof(options.PresencePenalty), "Leave it unset.");
        Refuse(options.ConversationId is not null, nameof(options.ConversationId), "Send the whole conversation each time.");
        Refuse(options.Reasoning is not null, nameof(options.Reasoning), "Choose a reasoner instead.");
        Refuse(
            options.AllowBackgroundResponses is true || options.ContinuationToken is not null, nameof(options.AllowBackgroundResponses),
            "Leave it unset.");
        Refuse(
            options.ModelId is not null && !string.Equals(options.ModelId, modelId, StringComparison.Ordinal), nameof(options.ModelId),
            $"This client serves {modelId ?? "one model"} only.");

        return new()
        {
            MaxTokens = Math.Min(options.MaxOutputTokens ?? int.MaxValue, Math.Max(room, 0)),
            AntiPrompts = [.. options.StopSequences ?? []],
            SamplingPipeline = options.Temperature is null or 0
                ? new GreedySamplingPipeline()
                : new DefaultSamplingPipeline
                {
                    Temperature = options.Temperature.Value,
                    TopK = options.TopK ?? 0,
                    TopP = options.TopP ?? 1,
                    MinP = Property(options, ChatOptionKeys.MinP) is IConvertible minP ? minP.ToSingle(null) : 0,
                    TypicalP = 1,
                    RepeatPenalty = 1,
                    Seed = unchecked((uint)(options.Seed ?? 0)),
                },
        };
    }

    private static object? Property(ChatOptions options, string key) => options.AdditionalProperties?.GetValueOrDefault(key);

    private static void Refuse(bool isSet, string option, string remedy)
    {
        if (isSet)
            throw new NotSupportedException($"ChatOptions.{option} is not supported by the LLamaSharp client. {remedy}");
    }
}
