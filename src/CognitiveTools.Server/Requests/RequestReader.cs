using System.Text;
using System.Text.Json;
using CognitiveTools.Server.Faults;
using CognitiveTools.Text;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Server.Requests;

/// <summary>Reads the body of a request for a completion. Unsupported parameters are refused by name, never ignored.</summary>
internal static class RequestReader
{
    private const int MostStops = 16;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = Nesting.MostOfBody };

    /// <exception cref="RequestRefusedException">
    /// A parameter is missing, wrong or not supported; the message names it and the remedy.
    /// </exception>
    public static CompletionRequest Read(ReadOnlyMemory<byte> body, int maxMessages)
    {
        if (body.Span.StartsWith(Encoding.UTF8.Preamble))
            body = body[Encoding.UTF8.Preamble.Length..];
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return Read(document.RootElement, maxMessages);
        }
        catch (JsonException) when (Nesting.IsTooDeep(body.Span, Nesting.MostOfBody, out var field))
        {
            var part = field is null ? "The body" : $"'{field}'";
            throw new RequestRefusedException(400, "invalid_value", Nesting.Refusal(part, Nesting.MostOfBody), field);
        }
        catch (JsonException e)
        {
            throw new RequestRefusedException(400, "invalid_json", $"The body is not valid JSON: {JsonFault.Reason(e)}");
        }
        catch (InvalidOperationException e)
        {
            // half a surrogate pair, escaped
            throw new RequestRefusedException(400, "invalid_json", $"The body is not valid Unicode: {e.Message}");
        }
    }

    private static CompletionRequest Read(JsonElement body, int maxMessages)
    {
        var fields = JsonFields.Of(body, "");
        var stream = fields.Flag("stream") ?? false;
        var tools = ToolReader.Tools(fields);
        var request = new CompletionRequest(fields.RequiredText("model"), MessageReader.Read(fields.Required("messages"), maxMessages))
        {
            Stream = stream,
            IncludeUsage = IncludeUsage(fields, stream),
            Seed = fields.Whole("seed", long.MinValue, long.MaxValue),
            Temperature = fields.Number("temperature", 2),
            TopP = fields.Number("top_p", 1),
            MaxTokens = (int?)fields.Whole("max_tokens", 1, int.MaxValue),
            MaxCompletionTokens = (int?)fields.Whole("max_completion_tokens", 1, int.MaxValue),
            Effort = Effort(fields.Text("reasoning_effort")),
            Stops = Stops(fields),
            Format = Format(fields),
            Tools = tools,
            ToolMode = ToolReader.Choice(fields, tools),
            ParallelCalls = fields.Flag("parallel_tool_calls"),
        };
        RefusedParameters.Check(fields);
        IgnoredParameters.Pass(fields);
        fields.RefuseOthers();
        return request;
    }

    private static bool IncludeUsage(JsonFields fields, bool stream)
    {
        if (fields.Any("stream_options") is not { } value)
            return false;
        if (!stream)
            throw RequestRefusedException.Invalid("stream_options", "'stream_options' belongs to 'stream': true.");
        var options = JsonFields.Of(value, "stream_options");
        var include = options.Flag("include_usage") ?? false;
        options.Refuse("include_obfuscation", "Leave it out, or false.", v => v.ValueKind == JsonValueKind.False);
        options.RefuseOthers();
        return include;
    }

    private static ReasoningEffort? Effort(string? name) => name switch
    {
        null => null,
        "none" => ReasoningEffort.None,
        "minimal" or "low" => ReasoningEffort.Low,
        "medium" => ReasoningEffort.Medium,
        "high" => ReasoningEffort.High,
        "xhigh" => ReasoningEffort.ExtraHigh,
        _ => throw RequestRefusedException.Invalid(
            "reasoning_effort", $"'reasoning_effort' is '{name}'; it must be none, minimal, low, medium, high or xhigh."),
    };

    private static IReadOnlyList<string> Stops(JsonFields fields)
    {
        if (fields.Any("stop") is not { } stop)
            return [];
        IReadOnlyList<string> texts = stop.ValueKind switch
        {
            JsonValueKind.Array => [.. stop.EnumerateArray().Select((s, i) => JsonFields.TextOf(s, JsonFields.PathOf("stop", i)))],
            JsonValueKind.String => [JsonFields.TextOf(stop, "stop")],
            _ => throw RequestRefusedException.Invalid("stop", "'stop' must be a string or a list of strings."),
        };
        return texts.Count <= MostStops && texts.All(t => t.Length > 0)
            ? texts
            : throw RequestRefusedException.Invalid("stop", $"'stop' must be a string or at most {MostStops} of them, none empty.");
    }

    private static ChatResponseFormatJson? Format(JsonFields fields)
    {
        if (fields.Any("response_format") is not { } value)
            return null;
        var format = JsonFields.Of(value, "response_format");
        var type = format.RequiredText("type");
        var json = type switch
        {
            "text" => null,
            "json_object" => ChatResponseFormat.Json,
            "json_schema" => Schema(JsonFields.Of(format.Required("json_schema"), "response_format.json_schema")),
            _ => throw RequestRefusedException.Invalid("response_format.type",
                $"'response_format.type' is '{type}'; it must be text, json_object or json_schema."),
        };
        format.RefuseOthers();
        return json;
    }

    private static ChatResponseFormatJson Schema(JsonFields fields)
    {
        var name = fields.RequiredText("name");
        var description = fields.Text("description");
        _ = fields.Flag("strict"); // the schema is enforced in both cases
        var schema = fields.Required("schema").Clone();
        fields.RefuseOthers();
        return ChatResponseFormat.ForJsonSchema(schema, name, description);
    }
}
