using System.Text;
using System.Text.Json;
using CognitiveTools.Server.Faults;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Server.Requests;

/// <summary>Reads the conversation: texts of system (or developer), user and assistant, calls of functions and their results.</summary>
internal static class MessageReader
{
    public static IReadOnlyList<ChatMessage> Read(JsonElement messages, int max)
    {
        if (messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0)
            throw RequestRefusedException.Invalid("messages", "'messages' must be a list of at least one message.");
        RequireFew(messages, "messages", max);
        ChatMessage[] read = [.. messages.EnumerateArray()
            .Select((m, i) => One(JsonFields.Of(m, JsonFields.PathOf("messages", i)), max))];
        CallResults.Check(read);
        return read;
    }

    private static void RequireFew(JsonElement list, string path, int max)
    {
        if (list.GetArrayLength() is var count && count > max)
            throw new RequestRefusedException(400, "too_many_messages",
                $"'{path}' has {count} entries; at most {max} are read. Leave the oldest out, or put several into one.", path);
    }

    private static ChatMessage One(JsonFields fields, int max)
    {
        var role = fields.RequiredText("role") switch
        {
            "system" or "developer" => ChatRole.System,
            "user" => ChatRole.User,
            "assistant" => ChatRole.Assistant,
            "tool" => ChatRole.Tool,
            "function" => throw RequestRefusedException.Unsupported(fields.Path("role"), "Use the role tool."),
            var other =>
                throw RequestRefusedException.Invalid(fields.Path("role"),
                $"'{fields.Path("role")}' is '{other}'; it must be system, developer, user, assistant or tool."),
        };
        IReadOnlyList<FunctionCallContent> calls = role == ChatRole.Assistant ? ToolReader.Calls(fields, max) : [];
        var text = calls.Count > 0 && fields.Any("content") is null ? "" : Content(fields.Required("content"), fields.Path("content"), max);
        if (role != ChatRole.Tool)
            fields.Refuse("name", "Put the name into the text.");
        else
            _ = fields.Text("name");
        string? thoughts = null;
        fields.Refuse("audio", "Send text.");
        fields.Refuse("refusal", "Send it as content.");
        fields.Refuse("function_call", "Use tool_calls.");
        if (role == ChatRole.Assistant)
        {
            // Fields of answers that clients send back.
            fields.Refuse("annotations", "Leave them out.", RefusedParameters.IsEmpty);
            thoughts = fields.Text("reasoning_content"); // the model's template decides which earlier thoughts it shows again
        }

        if (role == ChatRole.Tool)
        {
            var result = new FunctionResultContent(fields.RequiredText("tool_call_id"), text);
            fields.RefuseOthers();
            return new ChatMessage(role, [result]);
        }

        fields.RefuseOthers();
        var contents = new List<AIContent>();
        if (thoughts is { Length: > 0 })
            contents.Add(new TextReasoningContent(thoughts));
        if (text.Length > 0 || calls.Count == 0)
            contents.Add(new TextContent(text));
        contents.AddRange(calls);
        return new ChatMessage(role, contents);
    }

    private static string Content(JsonElement content, string path, int max)
    {
        if (content.ValueKind != JsonValueKind.Array)
            return JsonFields.TextOf(content, path);
        RequireFew(content, path, max);
        var text = new StringBuilder();
        var index = 0;
        foreach (var item in content.EnumerateArray())
        {
            var part = JsonFields.Of(item, JsonFields.PathOf(path, index++));
            var type = part.RequiredText("type");
            if (type != "text")
                throw RequestRefusedException.Unsupported(part.Path("type"), $"A part of type '{type}' cannot be read here; send text.");
            text.Append(part.RequiredText("text"));
            part.RefuseOthers();
        }

        return text.ToString();
    }
}
