using System.Globalization;
using CognitiveTools.Chat;
using LLama.Common;
using LLama.Sampling;
using Microsoft.Extensions.AI;

namespace CognitiveTools.LLamaSharp.Chat;

/// <summary>Reads <see cref="ChatOptions"/> and refuses what an executor cannot honour.</summary>
internal static class ExecutorOptions
{
    private static readonly string[] OfLlama =
    [
        ChatOptionKeys.Grammar, ChatOptionKeys.GrammarTrigger, ChatOptionKeys.ThoughtTokens, ChatOptionKeys.ThoughtWaits,
        ChatOptionKeys.AnswerTokens, ChatOptionKeys.TemplateVariables,
    ];

    /// <param name="options">The caller's options; null: greedy, up to the end of the context.</param>
    /// <param name="modelId">The one model that is served.</param>
    /// <param name="room">Tokens that the context has left.</param>
    /// <exception cref="NotSupportedException">An option is set that has no counterpart here.</exception>
    /// <exception cref="ArgumentException">A value is out of range or of the wrong type.</exception>
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
        foreach (var key in OfLlama)
            Refuse(
                options.AdditionalProperties?.GetValueOrDefault(key) is not null, $"AdditionalProperties[\"{key}\"]",
                "Leave it unset, or use CognitiveTools.Llama, which honours it.");
        Refuse(options.FrequencyPenalty is not (null or 0), nameof(options.FrequencyPenalty), "Leave it unset.");
        Refuse(options.ConversationId is not null, nameof(options.ConversationId), "Send the whole conversation each time.");
        Refuse(
            options.Reasoning is not null, nameof(options.Reasoning),
            "LLamaSharp cannot tell a model how much to think. Leave it unset (the reasoner's setting think), or use "
                + "CognitiveTools.Llama.");
        Refuse(
            options.AllowBackgroundResponses is true || options.ContinuationToken is not null, nameof(options.AllowBackgroundResponses),
            "Leave it unset.");
        Refuse(
            options.ModelId is not null && !string.Equals(options.ModelId, modelId, StringComparison.Ordinal), nameof(options.ModelId),
            $"This client serves {modelId ?? "one model"} only.");

        var tokens = Math.Min(options.MaxOutputTokens ?? int.MaxValue, Math.Max(room, 0));
        return new()
        {
            MaxTokens = tokens,
            AntiPrompts = [.. options.StopSequences ?? []],
            SamplingPipeline = Pipeline(options, tokens),
        };
    }

    private static ISamplingPipeline Pipeline(ChatOptions options, int tokens)
    {
        var presence = options.PresencePenalty ?? 0;
        var minP = ChatOptionValues.Number(options, ChatOptionKeys.MinP)?.ToSingle(CultureInfo.InvariantCulture) ?? 0;
        var isGreedy = options.Temperature is null or 0;
        if (isGreedy && presence == 0)
            return new GreedySamplingPipeline();
        if (presence is not (>= -2 and <= 2))
            throw new ArgumentOutOfRangeException(
                nameof(options), presence, "ChatOptions.PresencePenalty must be between -2 and 2, as LLamaSharp takes it.");
        return new DefaultSamplingPipeline
        {
            Temperature = isGreedy ? 1 : options.Temperature!.Value,
            TopK = isGreedy ? 1 : options.TopK ?? 0,
            TopP = options.TopP ?? 1,
            MinP = minP,
            TypicalP = 1,
            RepeatPenalty = 1,
            PresencePenalty = presence,
            PenaltyCount = tokens, // all of the answer, as with OpenAI and CognitiveTools.Llama
            PenalizeNewline = true,
            Seed = unchecked((uint)(options.Seed ?? 0)),
        };
    }

    private static void Refuse(bool isSet, string option, string remedy)
    {
        if (isSet)
            throw new NotSupportedException($"ChatOptions.{option} is not supported by the LLamaSharp client. {remedy}");
    }
}
