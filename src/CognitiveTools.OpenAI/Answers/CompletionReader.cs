using System.Text.Json;
using System.Text.Json.Nodes;
using CognitiveTools.Chat;
using Microsoft.Extensions.AI;

namespace CognitiveTools.OpenAI.Answers;

/// <summary>
/// Rewrites a server's chat completion into the form that OpenAI's client reads. What deviates is understood the way it was meant:
/// any word for the finish reason, content in parts, arguments as objects, thoughts under several names, usage in part. What is not
/// needed is left out, so that it cannot be read wrongly.
/// </summary>
internal static class CompletionReader
{
    /// <summary>Stands for a count that the server did not give; OpenAI's client knows no missing ones.</summary>
    public const int Unknown = -1;

    /// <summary>The arguments of a call that has none.</summary>
    public const string NoArguments = "{}";

    // Of a key that is there twice, nobody knows which value was meant.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    // In this order; the first that holds text counts.
    private static readonly string[] ThoughtNames =
        ["reasoning_content", "reasoning", "thinking", "thoughts", "reasoning_text", "reasoning_details"];

    /// <summary>
    /// Reads a JSON body. All that looks at the JSON of a server belongs into <paramref name="read"/>, because what is wrong with it
    /// may show late: half a surrogate, for instance, when its text is asked for.
    /// </summary>
    /// <exception cref="EndpointAnswerException">It is no JSON, has a key twice, or holds what cannot be read.</exception>
    public static T Read<T>(string body, Func<JsonNode?, T> read)
    {
        try
        {
            return read(JsonNode.Parse(body, documentOptions: Strict));
        }
        catch (Exception e) when (e is not (EndpointAnswerException or OutOfMemoryException))
        {
            var what = body.Length == 0 ? "an empty body" : $"no readable JSON ({e.Message}): {ServerMessage.Of(body)}";
            throw new EndpointAnswerException(what, isError: false, cause: e);
        }
    }

    /// <summary>Rewrites a whole completion.</summary>
    /// <exception cref="EndpointAnswerException">It is an error, or holds no choices.</exception>
    public static JsonObject Whole(JsonNode? root)
    {
        RefuseError(root);
        if (root.Member("choices") is not JsonArray { Count: > 0 } choices)
            throw new EndpointAnswerException($"no choices in it: {ServerMessage.Shorten(root?.ToJsonString() ?? "null")}", isError: false);
        var completion = Head(root, "chat.completion");
        completion["choices"] = new JsonArray(
            Choice(choices.Select((choice, position) => (choice, Index: IndexOf(choice) ?? position)).MinBy(c => c.Index).choice));
        completion["usage"] = Usage(root.Member("usage"));
        return completion;
    }

    /// <summary>Throws when the server sent an error in place of an answer.</summary>
    public static void RefuseError(JsonNode? root)
    {
        if (root is JsonArray { Count: > 0 } list)
            root = list[0];
        if (ServerMessage.OfJson(root) is { } message)
            throw new EndpointAnswerException(message, isError: true, Status(root));
    }

    public static JsonObject Head(JsonNode? root, string kind) => new()
    {
        ["id"] = root.Member("id").Text() ?? "",
        ["object"] = kind,
        ["created"] = root.Member("created").Count() ?? 0,
        ["model"] = root.Member("model").Text() ?? "",
    };

    /// <summary>A message or the difference to one, with the calls numbered by <paramref name="indexOf"/>.</summary>
    public static JsonObject Message(JsonNode? message, Func<JsonNode?, int, int> indexOf)
    {
        var content = message.Member("content");
        var written = new JsonObject { ["role"] = "assistant", ["content"] = Visible(content) };
        if (message.Member("refusal").Text() is { Length: > 0 } refusal)
            written["refusal"] = refusal;
        if (Thoughts(message, content) is { Length: > 0 } thoughts)
            written["reasoning_content"] = thoughts;
        if (Calls(message, indexOf) is { Count: > 0 } calls)
            written["tool_calls"] = calls;
        return written;
    }

    /// <summary>The finish reason in OpenAI's words; <see langword="null"/> when there is none.</summary>
    /// <exception cref="EndpointAnswerException">The server gave up.</exception>
    public static string? Finish(JsonNode? choice)
    {
        var written = choice.Member("finish_reason", "stop_reason").Text();
        if (FinishReasons.IsFault(written))
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

    /// <summary>Usage with <see cref="Unknown"/> for what is missing; <see langword="null"/> when nothing is known.</summary>
    public static JsonObject? Usage(JsonNode? usage)
    {
        var input = usage.Member("prompt_tokens", "input_tokens").Count();
        var output = usage.Member("completion_tokens", "output_tokens").Count();
        var total = usage.Member("total_tokens").Count();
        if (input is null && output is null && total is null)
            return null;
        input ??= total - output;
        output ??= total - input;
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

    /// <summary>The place of a choice among the answers; one is asked for, so the first is the answer.</summary>
    public static int? IndexOf(JsonNode? choice) => choice.Member("index").Count();

    private static JsonObject Choice(JsonNode? choice)
    {
        var message = choice.Member("message", "delta") ?? new JsonObject { ["content"] = choice.Member("text")?.DeepClone() };
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

    private static int? Status(JsonNode? root) =>
        root.Member("error").Member("code", "status", "status_code").Count() ?? root.Member("code", "status").Count();

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
        if (function.Member("name").Text() is { } name)
            named["name"] = name;
        named["arguments"] = function.Member("arguments", "parameters", "args") switch
        {
            null => "",
            JsonValue value when value.TryGetValue<string>(out var text) => text,
            var other => other.ToJsonString(),
        };
        var written = new JsonObject { ["index"] = index };
        if (call.Member("id").Text() is { Length: > 0 } id)
            written["id"] = id;
        else if (named.ContainsKey("name"))
            written["id"] = $"call_{index}";
        (written["type"], written["function"]) = ("function", named);
        return written;
    }
}
