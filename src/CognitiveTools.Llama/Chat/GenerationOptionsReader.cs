using System.Globalization;
using CognitiveTools.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Sampling;
using CognitiveTools.Llama.Thoughts;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Chat;

/// <summary>Reads <see cref="ChatOptions"/> and refuses what the engine cannot honour.</summary>
internal static class GenerationOptionsReader
{
    /// <exception cref="NotSupportedException">An option is set that has no counterpart here.</exception>
    /// <exception cref="ArgumentException">A value is out of range or of the wrong type.</exception>
    internal static GenerationOptions Read(ChatOptions? options, string? modelId)
    {
        if (options is null)
            return new() { Thinking = new() };
        Refuse(
            options.ResponseFormat is not (null or ChatResponseFormatText or ChatResponseFormatJson), nameof(options.ResponseFormat),
            "Use text or JSON.");
        Refuse(options.FrequencyPenalty is not (null or 0), nameof(options.FrequencyPenalty), "Leave it unset.");
        Refuse(
            options.ConversationId is not null, nameof(options.ConversationId),
            "Send the whole conversation each time; its common part is reused.");
        Refuse(options.Reasoning?.Output is not (null or ReasoningOutput.Full), "Reasoning.Output", "Leave it unset.");
        Refuse(
            options.AllowBackgroundResponses is true || options.ContinuationToken is not null, nameof(options.AllowBackgroundResponses),
            "Leave it unset.");
        Refuse(
            options.ModelId is not null && !string.Equals(options.ModelId, modelId, StringComparison.Ordinal), nameof(options.ModelId),
            $"This client serves {modelId} only.");

        return new()
        {
            MaxTokens = options.MaxOutputTokens is { } max ? Positive(max, nameof(options.MaxOutputTokens)) : null,
            Thinking = ThoughtRequest.Read(options),
            StopSequences = [.. options.StopSequences ?? []],
            Sampling = new()
            {
                Temperature = options.Temperature is { } temperature
                    ? InRange(temperature, float.MaxValue, nameof(options.Temperature))
                    : null,
                TopK = options.TopK,
                TopP = options.TopP is { } topP ? InRange(topP, 1, nameof(options.TopP)) : null,
                MinP = ChatOptionValues.Number(options, ChatOptionKeys.MinP)?.ToSingle(CultureInfo.InvariantCulture) is { } minP
                    ? InRange(minP, 1, ChatOptionKeys.MinP) : null,
                PresencePenalty = options.PresencePenalty is { } presence ? Finite(presence, nameof(options.PresencePenalty)) : 0,
                Seed = options.Seed ?? 0,
                Grammar = Grammar(options),
                GrammarTrigger = ChatOptionValues.Text(options, ChatOptionKeys.GrammarTrigger) is var trigger
                    && (trigger is null || ChatOptionValues.Text(options, ChatOptionKeys.Grammar) is not null)
                    ? trigger
                    : throw new ArgumentException(
                        $"{ChatOptionKeys.GrammarTrigger} is set without {ChatOptionKeys.Grammar}.", nameof(options)),
            },
        };
    }

    private static string? Grammar(ChatOptions options)
    {
        var grammar = ChatOptionValues.Text(options, ChatOptionKeys.Grammar);
        if (options.ResponseFormat is not ChatResponseFormatJson json)
            return grammar;
        Refuse(grammar is not null, nameof(options.ResponseFormat), $"Leave it unset when {ChatOptionKeys.Grammar} is set.");
        return json.Schema is { } schema ? JsonSchemaGrammar.For(schema) : JsonSchemaGrammar.AnyObject;
    }

    private static void Refuse(bool isSet, string option, string remedy)
    {
        if (isSet)
            throw new NotSupportedException($"ChatOptions.{option} is not supported by the local llama client. {remedy}");
    }

    private static int Positive(int value, string option) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(option, value, $"ChatOptions.{option} must be at least 1.");

    private static float Finite(float value, string option) =>
        float.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(option, value, $"ChatOptions.{option} must be finite.");

    private static float InRange(float value, float max, string option) =>
        value >= 0 && value <= max
            ? value
            : throw new ArgumentOutOfRangeException(option, value, $"ChatOptions.{option} must be between 0 and {max}.");
}
