using System.Globalization;
using CognitiveTools.Identity;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Evals.Exchanges;

/// <summary>Hash of everything in a request that decides its response: messages, sampling, limits, stops, format.</summary>
internal static class RequestHash
{
    public static string Of(IEnumerable<ChatMessage> messages, ChatOptions? options) =>
        FieldHash.Of([.. messages.SelectMany(Message), .. Options(options ?? new ChatOptions())]);

    private static IEnumerable<string> Message(ChatMessage message) =>
        message.Contents.Select(Content).Prepend(message.Role.Value);

    private static string Content(AIContent content) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent thoughts => $"thought {thoughts.Text}",
        FunctionCallContent call => $"{call.Name} {ExchangeCall.ArgumentsOf(call).GetRawText()}",
        FunctionResultContent result => $"result {result.Result}",
        _ => content.GetType().Name,
    };

    private static IEnumerable<string> Options(ChatOptions options)
    {
        yield return FormattableString.Invariant(
            $"{options.Temperature:R} {options.TopP:R} {options.TopK} {options.Seed} {options.MaxOutputTokens} ")
            + FormattableString.Invariant($"{options.FrequencyPenalty:R} {options.PresencePenalty:R}");
        if (options.Reasoning?.Effort is { } effort)
            yield return $"effort {effort}";
        foreach (var stop in options.StopSequences ?? [])
            yield return stop;
        yield return options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema }
            ? schema.GetRawText()
            : options.ResponseFormat?.GetType().Name ?? "";
        foreach (var tool in options.Tools ?? [])
            yield return $"{tool.Name} {tool.Description} {(tool as AIFunctionDeclaration)?.JsonSchema.GetRawText()}";
        foreach (var (key, value) in (options.AdditionalProperties ?? []).OrderBy(p => p.Key, StringComparer.Ordinal))
            yield return $"{key}={Convert.ToString(value, CultureInfo.InvariantCulture)}";
    }
}
