using System.Text.Json;
using CognitiveTools.Llama.Templates.Values;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Templates.Conversations;

/// <summary>
/// A conversation as the variables that Hugging Face's templates read: <c>messages</c> with <c>role</c>, <c>content</c>,
/// <c>reasoning_content</c>, <c>tool_calls</c> and <c>tool_call_id</c>, and <c>tools</c> in OpenAI's form. All texts are texts of the
/// conversation; the names of the usual roles are not, because templates make marks of them.
/// </summary>
internal static class ConversationValues
{
    private static readonly HashSet<string> UsualRoles =
        new(["system", "user", "assistant", "tool", "developer", "function", "model", "ipython"], StringComparer.Ordinal);

    /// <exception cref="NotSupportedException">A message holds something that a local model cannot take.</exception>
    public static TemplateSequence Of(IEnumerable<ChatMessage> messages) => TemplateSequence.List([.. messages.SelectMany(Of)]);

    /// <summary>Functions in OpenAI's form; <see langword="null"/> without any, as templates expect it.</summary>
    public static object? Of(IReadOnlyList<DeclaredFunction> functions) => functions.Count == 0
        ? null
        : TemplateSequence.List([.. functions.Select(static function => new TemplateMap()
            .Set("type", TemplateText.Own("function"))
            .Set("function", new TemplateMap()
                .Set("name", TemplateText.Content(function.Name))
                .Set("description", TemplateText.Content(function.Description))
                .Set("parameters", PythonJson.Read(function.Parameters))))]);

    /// <summary>Messages that are JSON already.</summary>
    /// <exception cref="InvalidDataException">It is not a list of messages; the message names the place and the remedy.</exception>
    public static TemplateSequence Of(JsonElement messages)
    {
        MessageForm.CheckAll(messages);
        return TemplateSequence.List([.. messages.EnumerateArray().Select(static message =>
            ((TemplateMap)PythonJson.Read(message)!).Set("role", Role(message.GetProperty("role").GetString()!)))]);
    }

    private static IEnumerable<TemplateMap> Of(ChatMessage message)
    {
        var calls = new List<object?>();
        var (text, thoughts) = (new List<string>(), new List<string>());
        var results = new List<FunctionResultContent>();
        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case TextContent part:
                    text.Add(part.Text);
                    break;
                case TextReasoningContent part:
                    thoughts.Add(part.Text);
                    break;
                case FunctionCallContent call:
                    calls.Add(Of(call));
                    break;
                case FunctionResultContent result:
                    results.Add(result);
                    break;
                case UsageContent:
                    break;
                default:
                    throw new NotSupportedException(
                        $"A local llama model takes text and calls of functions only, but a {message.Role} message holds "
                        + $"{content.GetType().Name}. Send its content as text.");
            }
        }

        if (results.Count == 0 || text.Count > 0 || calls.Count > 0)
        {
            var map = new TemplateMap().Set("role", Role(message.Role.Value)).Set("content", TemplateText.Content(string.Concat(text)));
            if (message.AuthorName is { Length: > 0 } author)
                map.Set("name", TemplateText.Content(author));
            if (thoughts.Count > 0 && message.Role == ChatRole.Assistant)
            {
                var thought = TemplateText.Content(string.Concat(thoughts));
                map.Set("reasoning_content", thought).Set("thinking", thought);
            }

            if (calls.Count > 0)
                map.Set("tool_calls", TemplateSequence.List(calls));
            yield return map;
        }

        foreach (var result in results)
        {
            yield return new TemplateMap()
                .Set("role", TemplateText.Own("tool"))
                .Set("tool_call_id", TemplateText.Content(result.CallId))
                .Set("content", TemplateText.Content(TextOf(result.Result)));
        }
    }

    private static TemplateMap Of(FunctionCallContent call)
    {
        var arguments = new TemplateMap();
        foreach (var (name, value) in call.Arguments ?? new Dictionary<string, object?>())
            arguments.Set(TemplateText.Content(name), PythonJson.Read(PromptSettings.ToJson(value)));
        return new TemplateMap()
            .Set("id", TemplateText.Content(call.CallId))
            .Set("type", TemplateText.Own("function"))
            .Set("function", new TemplateMap().Set("name", TemplateText.Content(call.Name)).Set("arguments", arguments));
    }

    /// <summary>A function's result as text.</summary>
    public static string TextOf(object? result) => result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString()!,
        _ => PromptSettings.ToJson(result).GetRawText(),
    };

    private static TemplateText Role(string role) => UsualRoles.Contains(role) ? TemplateText.Own(role) : TemplateText.Content(role);
}
