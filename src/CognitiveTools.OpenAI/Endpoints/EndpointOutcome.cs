using System.ClientModel;
using System.Text.RegularExpressions;
using CognitiveTools.Chat;
using CognitiveTools.OpenAI.Answers;
using Microsoft.Extensions.AI;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>Errors of a server that are outcomes of a request: a full context, a content filter, a model that is being loaded.</summary>
internal static partial class EndpointOutcome
{
    /// <summary>The answer that an error stands for; <see langword="null"/> when it stands for none.</summary>
    public static ChatResponseUpdate? Of(Exception thrown) =>
        IsContextFull(thrown) ? new(ChatRole.Assistant, "")
        {
            FinishReason = ChatFinishReason.Length,
            AdditionalProperties = new() { [ChatOptionKeys.ContextFull] = true },
        }
        : IsFiltered(thrown) ? new(ChatRole.Assistant, [new UsageContent(NoWork())]) { FinishReason = ChatFinishReason.ContentFilter }
        : null;

    /// <summary>Whether the server refused because prompt and answer do not fit the model's context.</summary>
    public static bool IsContextFull(Exception thrown) => Says(ContextFull(), TextOf(thrown, 400, 413, 422, 500));

    /// <summary>Whether the server's content filter refused the prompt.</summary>
    public static bool IsFiltered(Exception thrown) => Says(Filtered(), TextOf(thrown, 400, 403, 422));

    /// <summary>Whether the server answers as soon as it has loaded the model.</summary>
    public static bool IsLoading(Exception thrown) =>
        TextOf(thrown, 503) is { } text && Says(Loading(), text) && !Says(Failing(), text);

    /// <summary>Whether the model has the Responses API only.</summary>
    public static bool WantsResponses(Exception thrown) => Says(Responses(), TextOf(thrown, 400, 404, 405));

    /// <summary>The body of an error of one of some statuses; <see langword="null"/> for another exception.</summary>
    public static string? TextOf(Exception thrown, params ReadOnlySpan<int> statuses) => thrown switch
    {
        AggregateException { InnerExceptions: [.., var last] } => TextOf(last, statuses), // every attempt failed
        ClientResultException refused when statuses.Contains(refused.Status) => refused.GetRawResponse()?.Content?.ToString() ?? "",
        EndpointAnswerException { IsError: true } said when said.Status is null || statuses.Contains(said.Status.Value) => said.Message,
        _ => null,
    };

    // JSON may escape any character of a message, so the message itself is read too.
    private static bool Says(Regex words, string? body) =>
        body is not null && (words.IsMatch(body) || words.IsMatch(ServerMessage.Of(body)));

    // The server refused the prompt before it computed anything.
    private static UsageDetails NoWork() => new() { InputTokenCount = 0, OutputTokenCount = 0, TotalTokenCount = 0 };

    // In this order: OpenAI, Azure, DeepSeek, Mistral, SambaNova (maximum context length); OpenAI's Responses API; llama-server, its older
    // versions; LM Studio; Anthropic; vLLM, SGLang; TGI and Together; Gemini, Databricks; watsonx, Bedrock; xAI; Cohere; Bedrock; Ollama;
    // Moonshot; MiniMax; GitHub; TabbyAPI; TensorRT-LLM; Zhipu; Volcengine; Cloudflare.
    [GeneratedRegex(
        @"context_length_exceeded|context_window_exceeded|max(?:imum)? (?:\w+ )?(?:context|prompt|sequence|model) length"
            + @"|context window of this model"
            + @"|exceed_context_size|exceeds? the (?:available |maximum )?context|context size (?:has been |was )?exceeded"
            + @"|prompt is too (?:big|large) compared to|larger than the max context"
            + @"|greater than the context length|context length of only|context the overflows|reached context length"
            + @"|prompt (?:is )?too long|exceeds? (?:the )?context (?:limit|window|length|size)|input is too long|context window exceeds"
            + @"|longer than the (?:model's |maximum )?(?:context|model) length|exceeds? (?:the )?model's (?:maximum )?context"
            + @"|`?inputs?`? tokens \+ `?max_new_tokens|`inputs` must have less than"
            + @"|(?:input|prompt) token count.{0,40} exceed|input token count is \d+ but|number of (?:input|prompt) tokens.{0,40} exceed"
            + @"|too many (?:input )?tokens|tokens_limit_reached|exceeded model token limit|exceeds? maximum context"
            + @"|range of input length should be|prompt (?:token )?length.{0,80}exceed|reduce the length of the (?:messages|prompt|input)"
            + @"|greater than max_seq_len|exceeds? max_seq_len|prompt exceeds max|exceed max message tokens|this model context window",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex ContextFull();

    [GeneratedRegex(
        @"content_filter|content management policy|responsible_ai|content_policy|invalid_prompt|content exists risk|data_inspection_failed"
            + @"|usage polic(?:y|ies)|safety system|flagged as potentially|content_blocked|moderation",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Filtered();

    [GeneratedRegex(@"loading|starting up|warming up|estimated_time|not ready", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Loading();

    [GeneratedRegex(@"fail|could not|cannot|unable|error (?:while )?loading", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Failing();

    [GeneratedRegex(@"v1/responses|responses api|/responses\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Responses();
}
