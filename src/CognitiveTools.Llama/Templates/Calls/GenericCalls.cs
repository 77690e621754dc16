using System.Text;
using CognitiveTools.Llama.Templates.Conversations;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>
/// Functions in words, for a chat template that knows no tools: a system message describes them, and calls and results are text.
/// </summary>
internal static class GenericCalls
{
    public static IReadOnlyList<ChatMessage> Describe(IReadOnlyList<ChatMessage> messages, IReadOnlyList<DeclaredFunction> functions)
    {
        var text = new StringBuilder("You may call functions. Each is a JSON object with name, description and parameters:\n");
        foreach (var function in functions)
            text.Append($"{{\"name\": \"{function.Name}\", \"description\": {PromptSettings.ToJson(function.Description).GetRawText()}, "
                + $"\"parameters\": {(function.Parameters.ValueKind == System.Text.Json.JsonValueKind.Undefined ? "{}"
                    : function.Parameters.GetRawText())}}}\n");
        text.Append("To call one, write only this, with the function's name and arguments:\n");
        text.Append($"{CallSyntax.Generic.Open}NAME{CallSyntax.Generic.Middle}{{...}}{CallSyntax.Generic.Close}");
        var told = messages.SelectMany(Plain).ToList();
        if (told.Count > 0 && told[0].Role == ChatRole.System)
            told[0] = new(ChatRole.System, $"{told[0].Text}\n\n{text}");
        else
            told.Insert(0, new(ChatRole.System, text.ToString()));
        return told;
    }

    private static IEnumerable<ChatMessage> Plain(ChatMessage message)
    {
        var calls = message.Contents.OfType<FunctionCallContent>().ToArray();
        var results = message.Contents.OfType<FunctionResultContent>().ToArray();
        if (calls.Length == 0 && results.Length == 0)
        {
            yield return message;
            yield break;
        }

        if (calls.Length > 0)
        {
            var written = calls.Select(static call => CallSyntax.Generic.Open + call.Name + CallSyntax.Generic.Middle
                + PromptSettings.ToJson(call.Arguments ?? new Dictionary<string, object?>()).GetRawText() + CallSyntax.Generic.Close);
            yield return new(ChatRole.Assistant, message.Text + string.Join("\n", written));
        }

        if (results.Length > 0)
        {
            var told = results.Select(static result =>
                $"<tool_response>\n{ConversationValues.TextOf(result.Result)}\n</tool_response>");
            yield return new(ChatRole.User, string.Join("\n", told));
        }
    }
}
