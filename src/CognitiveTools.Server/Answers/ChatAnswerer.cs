using System.Runtime.CompilerServices;
using System.Text.Json;
using CognitiveTools.Chat;
using CognitiveTools.Reasoners;
using CognitiveTools.Server.Faults;
using CognitiveTools.Server.Requests;
using CognitiveTools.Server.Wire;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Server.Answers;

/// <summary>The chat model itself: the whole conversation, and every option of the request.</summary>
internal sealed class ChatAnswerer(IChatClient client, bool reportsCached) : IAnswerer
{
    private const string SchemaField = "response_format.json_schema.schema";

    public async IAsyncEnumerable<AnswerPart> AnswerAsync(
        CompletionRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = OptionsFor(request);
        if (!request.Stream)
        {
            var response = await client.GetResponseAsync(request.Messages, options, cancellationToken);
            var calls = CallsOf(response.Messages.SelectMany(static message => message.Contents));
            RefuseFull(response.AdditionalProperties, anyText: response.Text.Length > 0 || calls.Any());
            if (ThoughtsOf(response.Messages.SelectMany(static message => message.Contents)) is { Length: > 0 } thoughts)
                yield return new AnswerPart { Thinking = thoughts };
            yield return new AnswerPart { Text = response.Text };
            if (RefusalOf(response.Messages.SelectMany(static message => message.Contents)) is { Length: > 0 } refusal)
                yield return new AnswerPart { Refusal = refusal };
            foreach (var call in calls)
                yield return new AnswerPart { Call = call };
            yield return new AnswerPart
            {
                End = new AnswerEnd(FinishOf(response.FinishReason), UsageOf(response.Usage))
                {
                    Notes = [.. ChatNotes.In(response.AdditionalProperties)],
                },
            };
            yield break;
        }

        ChatFinishReason? finish = null;
        UsageDetails? usage = null;
        var notes = new List<string>();
        var (held, thought, any) = ("", "", false);
        await foreach (var update in client.GetStreamingResponseAsync(request.Messages, options, cancellationToken))
        {
            finish = update.FinishReason ?? finish;
            notes.AddRange(ChatNotes.In(update.AdditionalProperties));
            foreach (var report in update.Contents.OfType<UsageContent>())
                (usage ??= new UsageDetails()).Add(report.Details);
            (var thinking, thought) = Whole(thought + ThoughtsOf(update.Contents));
            (var text, held) = Whole(held + update.Text);
            any |= text.Length > 0 || thinking.Length > 0;
            RefuseFull(update.AdditionalProperties, any);
            if (thinking.Length > 0)
                yield return new AnswerPart { Thinking = thinking };
            if (text.Length > 0)
                yield return new AnswerPart { Text = text };
            if (RefusalOf(update.Contents) is { Length: > 0 } refusal)
                yield return new AnswerPart { Refusal = refusal };
            foreach (var call in CallsOf(update.Contents))
                yield return new AnswerPart { Call = call };
        }

        if (held.Length > 0)
            yield return new AnswerPart { Text = held };
        yield return new AnswerPart { End = new AnswerEnd(FinishOf(finish), UsageOf(usage)) { Notes = notes } };
    }

    private static string ThoughtsOf(IEnumerable<AIContent> contents) =>
        string.Concat(contents.OfType<TextReasoningContent>().Select(static content => content.Text));

    private static string RefusalOf(IEnumerable<AIContent> contents) =>
        string.Concat(contents.OfType<ErrorContent>().Select(static content => content.Message));

    // Half a surrogate pair is held until the other half comes.
    private static (string Text, string Held) Whole(string text) =>
        text.Length > 0 && char.IsHighSurrogate(text[^1]) ? (text[..^1], text[^1..]) : (text, "");

    private static IEnumerable<FunctionCallContent> CallsOf(IEnumerable<AIContent> contents) => contents.OfType<FunctionCallContent>();

    private ChatOptions OptionsFor(CompletionRequest request)
    {
        if (request is { MaxTokens: { } max, MaxCompletionTokens: { } modern } && max != modern)
            throw RequestRefusedException.Invalid("max_tokens", "'max_tokens' and 'max_completion_tokens' differ. Give one of them.");
        var options = new ChatOptions
        {
            Temperature = request.Temperature,
            TopP = request.TopP,
            Seed = request.Seed,
            MaxOutputTokens = request.MaxCompletionTokens ?? request.MaxTokens,
            StopSequences = request.Stops.Count > 0 ? [.. request.Stops] : null,
            Tools = request.Tools.Count > 0 ? [.. request.Tools] : null,
            ToolMode = request.Tools.Count > 0 ? request.ToolMode : null,
            AllowMultipleToolCalls = request.Tools.Count > 0 ? request.ParallelCalls : null,
            Reasoning = request.Effort is { } effort ? new ReasoningOptions { Effort = effort } : null,
        };
        if (request is { Tools.Count: > 0, Format: not null } && request.ToolMode is not NoneChatToolMode)
            throw RequestRefusedException.Invalid("response_format", "'response_format' and 'tools' cannot be combined. Leave one out.");
        var capabilities = ChatCapabilities.Of(client);
        if (request.Effort is not null && capabilities.Thinks is false)
            throw RequestRefusedException.Unsupported("reasoning_effort", "The model does not think before it answers. Leave it out, ask a "
                + "model that thinks, or start the server with the setting Llama:ThoughtFormat if the model has marks of thoughts.");
        if (ThoughtSettings.IsLevel(request.Effort) && capabilities.ThinksInLevels is false)
            throw RequestRefusedException.Invalid("reasoning_effort", "The model's chat template has no levels of thinking. "
                + "Set 'reasoning_effort' to none or medium, or leave it out.");
        // A local model follows a schema with a grammar, which does not support every schema; a remote server reports its own limits.
        if (request.Format?.Schema is { } schema && capabilities.Grammar)
            options.AdditionalProperties = new() { [ChatOptionKeys.Grammar] = GrammarOf(schema) };
        else if (request.Format?.Schema is { } sent && Nesting.IsTooDeep(sent, Nesting.MostOfPart))
            throw RequestRefusedException.Invalid(SchemaField, Nesting.Refusal($"'{SchemaField}'", Nesting.MostOfPart));
        else
            options.ResponseFormat = request.Format;
        return options;
    }

    private static string GrammarOf(JsonElement schema)
    {
        try
        {
            return JsonSchemaGrammar.For(schema);
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException)
        {
            throw RequestRefusedException.Invalid(SchemaField, e.Message);
        }
    }

    private void RefuseFull(AdditionalPropertiesDictionary? properties, bool anyText)
    {
        if (!anyText && properties?.TryGetValue(ChatOptionKeys.ContextFull, out var full) is true && full is true)
            throw FullContext.Refusal(client);
    }

    private static string FinishOf(ChatFinishReason? finish) => finish?.Value ?? ChatFinishReason.Stop.Value;

    private CompletionUsage? UsageOf(UsageDetails? usage) =>
        usage is { InputTokenCount: { } input, OutputTokenCount: { } output }
            ? new CompletionUsage(input, output, usage.TotalTokenCount ?? input + output)
            {
                PromptTokensDetails = reportsCached && usage.CachedInputTokenCount is { } cached ? new(cached) : null,
                CompletionTokensDetails = usage.ReasoningTokenCount is { } reasoning ? new(Math.Clamp(reasoning, 0, output)) : null,
            }
            : null;
}
