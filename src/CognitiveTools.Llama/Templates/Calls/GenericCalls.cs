using System.Text;
using CognitiveTools.Llama.Templates.Conversations;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>
/// Functions in words, for a chat template that does not render them: a system message describes them, and calls and results are text
/// unless the template writes them.
/// </summary>
internal static class GenericCalls
{
    /// <summary>The conversation with the description.</summary>
    public static IReadOnlyList<ChatMessage> Describe(
        IReadOnlyList<ChatMessage> messages, IReadOnlyList<DeclaredFunction> functions, CallForm form)
    {
        var text = new StringBuilder("You may call functions. Each is a JSON object with name, description and parameters:\n");
        foreach (var function in functions)
            text.Append($"{{\"name\": \"{function.Name}\", \"description\": {PromptSettings.ToJson(function.Description).GetRawText()}, "
                + $"\"parameters\": {(function.Parameters.ValueKind == System.Text.Json.JsonValueKind.Undefined ? "{}"
                    : function.Parameters.GetRawText())}}}\n");
        text.Append("To call one, write only this, with the function's name and arguments:\n").Append(form.Syntax.Example);
        var told = (form.KeepsCalls ? messages : messages.SelectMany(Plain)).ToList();
        if (told.Count > 0 && told[0].Role == ChatRole.System)
            told[0] = new(ChatRole.System, $"{told[0].Text}\n\n{text}");
        else
            told.Insert(0, new(ChatRole.System, text.ToString()));
        return told;
    }

    /// <summary>A message with its calls and results as text; several when it held both, or a result beside other contents.</summary>
    public static IEnumerable<ChatMessage> Plain(ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var calls = message.Contents.OfType<FunctionCallContent>().ToArray();
        var results = message.Contents.OfType<FunctionResultContent>().ToArray();
        if (calls.Length == 0 && results.Length == 0)
        {
            yield return message;
            yield break;
        }

        if (calls.Length > 0)
        {
            var others = message.Contents.Where(
                static content => content is not (TextContent or FunctionCallContent or FunctionResultContent));
            yield return new(ChatRole.Assistant, [.. others, new TextContent(Written(message, calls))]);
        }
        else if (message.Text.Length > 0)
        {
            yield return new(message.Role, [.. message.Contents.Except(results)]);
        }

        if (results.Length > 0)
        {
            var told = results.Select(static result =>
                $"<tool_response>\n{ConversationValues.TextOf(result.Result)}\n</tool_response>");
            yield return new(ChatRole.User, string.Join("\n", told));
        }
    }

    private static string Written(ChatMessage message, IEnumerable<FunctionCallContent> calls)
    {
        var syntax = CallSyntax.Generic;
        var written = calls.Select(call => call.Name + ((JsonArguments)syntax.Arguments).Middle
            + PromptSettings.ToJson(call.Arguments ?? new Dictionary<string, object?>()).GetRawText());
        return message.Text + syntax.Open + string.Join(syntax.Join, written) + syntax.Close;
    }
}
