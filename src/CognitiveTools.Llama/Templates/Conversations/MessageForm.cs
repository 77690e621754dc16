using System.Text.Json;
using CognitiveTools.Text;

namespace CognitiveTools.Llama.Templates.Conversations;

/// <summary>
/// Checks the parts of a conversation that is JSON. Keys of a message that are unknown here are allowed, because a template may read
/// them.
/// </summary>
internal static class MessageForm
{
    // An assistant's message may hold one of these and no content.
    private static readonly string[] InPlaceOfContent = ["tool_calls", "tool_responses", "reasoning_content", "reasoning", "thinking"];

    /// <exception cref="InvalidDataException">It is not a list of messages; the message names the place and the remedy.</exception>
    public static void CheckAll(JsonElement messages)
    {
        CheckObjects(messages, "messages", """a message such as {"role": "user", "content": "Hi"}""");
        foreach (var (i, message) in messages.EnumerateArray().Index())
        {
            CheckRole(message, $"messages[{i}].role");
            CheckContent(message, $"messages[{i}].content");
            if (message.TryGetProperty("tool_calls", out var calls) && calls.ValueKind != JsonValueKind.Null)
                CheckObjects(
                    calls, $"messages[{i}].tool_calls",
                    """a call such as {"type": "function", "function": {"name": "f", "arguments": {}}}""");
        }
    }

    /// <summary>Checks tools in OpenAI's form, or their absence.</summary>
    /// <exception cref="InvalidDataException">They are something else; the message names the place and the remedy.</exception>
    public static void CheckTools(JsonElement tools)
    {
        if (tools.ValueKind != JsonValueKind.Null)
            CheckObjects(
                tools, "tools", """a tool such as {"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}""");
    }

    /// <summary>Checks documents, or their absence.</summary>
    /// <exception cref="InvalidDataException">They are something else; the message names the place and the remedy.</exception>
    public static void CheckDocuments(JsonElement documents)
    {
        if (documents.ValueKind != JsonValueKind.Null)
            CheckObjects(documents, "documents", """a document such as {"title": "T", "text": "..."}""");
    }

    private static void CheckObjects(JsonElement list, string place, string form)
    {
        if (list.ValueKind != JsonValueKind.Array)
            throw Fault(place, list, $"Write a list, and in it {form}.");
        foreach (var (i, item) in list.EnumerateArray().Index())
        {
            if (item.ValueKind != JsonValueKind.Object)
                throw Fault($"{place}[{i}]", item, $"Write {form}.");
        }
    }

    private static void CheckRole(JsonElement message, string place)
    {
        const string Remedy = "Write a text such as user, assistant, system or tool.";
        if (!message.TryGetProperty("role", out var role))
            throw new InvalidDataException($"{place} is missing. {Remedy}");
        if (role.ValueKind != JsonValueKind.String)
            throw Fault(place, role, Remedy);
    }

    private static void CheckContent(JsonElement message, string place)
    {
        const string Remedy = "Write a text, or a list of parts such as {\"type\": \"text\", \"text\": \"Hi\"}.";
        var isThere = message.TryGetProperty("content", out var content);
        if (!isThere || content.ValueKind == JsonValueKind.Null)
        {
            if (!InPlaceOfContent.Any(key => message.TryGetProperty(key, out var other) && IsFilled(other)))
                throw new InvalidDataException(
                    $"{place} is {(isThere ? "null" : "missing")}, which only a message with tool_calls or a thought may have. {Remedy}");
        }
        else if (content.ValueKind == JsonValueKind.Array)
        {
            foreach (var (i, part) in content.EnumerateArray().Index())
            {
                if (part.ValueKind is not (JsonValueKind.Object or JsonValueKind.String))
                    throw Fault($"{place}[{i}]", part, Remedy);
            }
        }
        else if (content.ValueKind is not (JsonValueKind.String or JsonValueKind.Object)) // templates take a tool's result as an object
        {
            throw Fault(place, content, Remedy);
        }
    }

    private static bool IsFilled(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => true,
        JsonValueKind.String => value.GetString()!.Length > 0,
        _ => false,
    };

    private static InvalidDataException Fault(string place, JsonElement value, string remedy) =>
        new($"{place} is {JsonFault.KindOf(value)}. {remedy}");
}
