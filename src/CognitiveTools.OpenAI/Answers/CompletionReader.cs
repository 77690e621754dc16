using System.Text.Json;
using System.Text.Json.Nodes;
using CognitiveTools.Chat;
using CognitiveTools.Text;
using Microsoft.Extensions.AI;

namespace CognitiveTools.OpenAI.Answers;

/// <summary>
/// Rewrites a server's chat completion into the form that OpenAI's client reads. It accepts common
/// deviations: any word for the finish reason, content in parts, arguments as objects, thoughts under
/// several names, usage in part. Unneeded fields are removed, so that the client cannot misread them.
/// </summary>
internal static class CompletionReader
{
    /// <summary>Replaces a count that the server did not report, because OpenAI's client requires a number.</summary>
    public const int Unknown = -1;

    /// <summary>The arguments of a call without arguments.</summary>
    public const string NoArguments = "{}";

    // The value of a duplicate key is ambiguous.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    // In this order; the first with text counts.
    private static readonly string[] ThoughtNames =
        ["reasoning_content", "reasoning", "thinking", "thoughts", "reasoning_text", "reasoning_details"];

    /// <summary>
    /// Reads a JSON body. All access to a server's JSON must be in <paramref name="read"/>,
    /// because some errors show late: half a surrogate, for instance, when its text is read.
    /// </summary>
    /// <exception cref="EndpointAnswerException">The body is not JSON, has a duplicate key, or invalid text.</exception>
    public static T Read<T>(string body, Func<JsonNode?, T> read)
    {
        try
        {
            return read(JsonNode.Parse(body, documentOptions: Strict));
        }
        catch (Exception e) when (e is not (EndpointAnswerException or OutOfMemoryException))
        {
            var what = body.Length == 0 ? "an empty body"
                : body.TrimStart().StartsWith('<') ? $"no JSON: {ServerMessage.Of(body)}"
                : $"no readable JSON ({(e is JsonException fault ? JsonFault.InText(fault, body) : e.Message)}): {ServerMessage.Of(body)}";
            throw new EndpointAnswerException(what, isError: false, cause: e);
        }
    }

    /// <summary>Rewrites a whole completion.</summary>
    /// <exception cref="EndpointAnswerException">It is an error, or has no choices.</exception>
    public static JsonObject Whole(JsonNode? root)
    {
        RefuseError(root);
        if (root.Member("choices") is not JsonArray { Count: > 0 } choices)
            throw new EndpointAnswerException($"no choices in it: {ServerMessage.Shorten(root?.ToJsonString() ?? "null")}", isError: false);
        var completion = Head(root, "chat.completion");
        completion["choices"] = new JsonArray(
            Choice(choices.Select((choice, position) => (choice, Index: IndexOf(choice) ?? position)).MinBy(c => c.Index).choice));
        completion["usage"] = Usage(UsageOf(root));
        return completion;
    }

    /// <summary>Throws when the server sent an error instead of an answer.</summary>
    public static void RefuseError(JsonNode? root)
    {
        if (root is JsonArray { Count: > 0 } list)
            root = list[0];
        if (ServerMessage.OfJson(root) is { } message)
            throw new EndpointAnswerException(message, isError: true, Status(root));
    }

    /// <summary>An error that is announced as one, whatever its form.</summary>
    public static EndpointAnswerException ErrorOf(string body) =>
        new(ServerMessage.Of(body), isError: true, JsonValues.ReadAny<object>(body, static root => Status(root)) as int?);

    public static JsonObject Head(JsonNode? root, string kind) => new()
    {
        ["id"] = root.Member("id").Text() ?? "",
        ["object"] = kind,
        ["created"] = root.Member("created").Count() ?? 0,
        ["model"] = root.Member("model").Text() ?? "",
    };

    /// <summary>A message or a delta, with the calls numbered by <paramref name="indexOf"/>.</summary>
    public static JsonObject Message(JsonNode? message, Func<JsonNode?, int, int> indexOf)
    {
        var content = message.Member("content");
        var written = new JsonObject { ["role"] = "assistant", ["content"] = Visible(content) };
        if (Refusal(message, content) is { Length: > 0 } refusal)
            written["refusal"] = refusal;
        if (Thoughts(message, content) is { Length: > 0 } thoughts)
            written["reasoning_content"] = thoughts;
        if (Calls(message, indexOf) is { Count: > 0 } calls)
            written["tool_calls"] = calls;
        return written;
    }

    /// <summary>The finish reason in OpenAI's words; <see langword="null"/> without one.</summary>
    /// <exception cref="EndpointAnswerException">The server aborted the answer.</exception>
    public static string? Finish(JsonNode? choice)
    {
        var written = choice.Member("finish_reason", "stop_reason").Text();
        if (FinishReasons.IsFault(written) || ServerMessage.HasError(choice))
        {
            var said = ServerMessage.OfJson(choice) ?? $"it gave the answer up (finish reason '{written}')";
            throw new EndpointAnswerException(said, isError: true, Status(choice));
        }

        var read = FinishReasons.Read(written);
        return read is null ? null
            : read == ChatFinishReason.Length || read == ChatFinishReason.ToolCalls || read == ChatFinishReason.ContentFilter
                ? read.Value.Value
            : ChatFinishReason.Stop.Value;
    }

    /// <summary>Usage with <see cref="Unknown"/> for missing counts; <see langword="null"/> when all are missing.</summary>
    public static JsonObject? Usage(JsonNode? usage)
    {
        // No prompt has 0 tokens: a server that says so did not count.
        var input = Positive(usage.Member("prompt_tokens", "input_tokens").Count());
        var output = usage.Member("completion_tokens", "output_tokens").Count();
        var total = Positive(usage.Member("total_tokens").Count());
        if (input is null && total is null && output is null or 0)
            return null;
        input ??= Positive(total - output);
        output ??= total - input is >= 0 and var rest ? rest : null;
        var written = new JsonObject
        {
            ["prompt_tokens"] = input ?? Unknown,
            ["completion_tokens"] = output ?? Unknown,
            ["total_tokens"] = total ?? input + output ?? Unknown,
        };
        var cached = usage.Member("prompt_tokens_details", "input_tokens_details").Member("cached_tokens")
            ?? usage.Member("prompt_cache_hit_tokens", "cached_tokens");
        if (cached.Count() is { } hits)
            written["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = hits };
        if (usage.Member("completion_tokens_details", "output_tokens_details").Member("reasoning_tokens").Count() is { } reasoning)
            written["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = reasoning };
        return written;
    }

    /// <summary>Where a server reports usage: at the top, under its own name, or in the choice.</summary>
    public static JsonNode? UsageOf(JsonNode? root) => root.Member("usage") ?? root.Member("x_groq").Member("usage")
        ?? (root.Member("choices") is JsonArray { Count: > 0 } choices ? choices[0].Member("usage") : null);

    /// <summary>The HTTP status in an error; <see langword="null"/> without one.</summary>
    public static int? Status(JsonNode? root) =>
        root.Member("error").Member("code", "status", "status_code").Count() ?? root.Member("code", "status").Count();

    /// <summary>The arguments of a call as text: servers send them as text or as an object, under several names.</summary>
    public static string ArgumentsOf(JsonNode? function) => function.Member("arguments", "parameters", "args") switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        var other => other.ToJsonString(),
    };

    /// <summary>The index of a choice; the request asks for one, so the first is the answer.</summary>
    public static int? IndexOf(JsonNode? choice) => choice.Member("index").Count();

    private static JsonObject Choice(JsonNode? choice)
    {
        var message = choice.Member("message", "delta") as JsonObject
            ?? new JsonObject { ["content"] = choice.Member("message", "text")?.DeepClone() };
        var written = Message(message, (_, position) => position);
        foreach (var call in written["tool_calls"] as JsonArray ?? [])
        {
            if (call.Member("function").Member("arguments").Text() is "")
                call!["function"]!["arguments"] = NoArguments;
        }

        return new JsonObject
        {
            ["index"] = 0,
            ["message"] = written,
            ["finish_reason"] = Finish(choice) ?? ChatFinishReason.Stop.Value,
        };
    }

    private static int? Positive(int? count) => count > 0 ? count : null;

    private static string? Refusal(JsonNode? message, JsonNode? content) =>
        message.Member("refusal").Text() is { Length: > 0 } refusal ? refusal
        : content is JsonArray parts ? string.Concat(parts.Select(static part => part.Member("refusal").Text()))
        : null;

    private static string? Visible(JsonNode? content) =>
        content is JsonArray parts ? string.Concat(parts.Where(part => !IsThought(part)).Select(part => part.Text())) : content.Text();

    private static string? Thoughts(JsonNode? message, JsonNode? content)
    {
        foreach (var name in ThoughtNames)
        {
            if (message.Member(name).Text() is { Length: > 0 } thoughts)
                return thoughts;
        }

        return content is JsonArray parts ? string.Concat(parts.Where(IsThought).Select(part => part.Text())) : null;
    }

    private static bool IsThought(JsonNode? part) => part.Member("type").Text() is "thinking" or "reasoning" or "redacted_thinking";

    private static JsonArray Calls(JsonNode? message, Func<JsonNode?, int, int> indexOf)
    {
        var given = message.Member("tool_calls") switch
        {
            JsonArray list => [.. list],
            JsonObject one => [one],
            _ => message.Member("function_call") is JsonObject call ? [call] : (List<JsonNode?>)[],
        };
        return new JsonArray([.. given.OfType<JsonObject>().Select((call, position) => Call(call, indexOf(call, position)))]);
    }

    private static JsonObject Call(JsonObject call, int index)
    {
        var function = call.Member("function") as JsonObject ?? call;
        var named = new JsonObject();
        if (function.Member("name").Text() is { Length: > 0 } name)
            named["name"] = name;
        named["arguments"] = ArgumentsOf(function);
        var written = new JsonObject { ["index"] = index };
        if (call.Member("id").Text() is { Length: > 0 } id)
            written["id"] = id;
        else if (named.ContainsKey("name"))
            written["id"] = $"call_{index}";
        (written["type"], written["function"]) = ("function", named);
        return written;
    }
}
