using System.Text.Json;
using CognitiveTools.Llama.Templates.Calls;
using CognitiveTools.Llama.Templates.Conversations;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Models;

/// <summary>Finds out how a chat template writes calls, by rendering one.</summary>
internal static class CallSyntaxFinder
{
    private const string Answer = "cog answer";

    private static readonly JsonElement Schema = JsonDocument.Parse("{\"type\":\"object\",\"properties\":{}}").RootElement;

    /// <param name="template">The template.</param>
    /// <param name="ends">Texts of tokens that end a turn.</param>
    /// <returns><see langword="null"/> when the template ignores tools, or writes calls in a form that is not known here.</returns>
    public static CallSyntax? Find(ChatTemplate template, IReadOnlyList<string> ends)
    {
        var settings = new PromptSettings { Functions = [new(CallSyntax.SampleName, "x", Schema)] };
        ChatMessage question = new(ChatRole.User, "x"), result = new(ChatRole.Tool, [new FunctionResultContent(CallSyntax.SampleId, "y")]);
        try
        {
            if (Text([question], settings) == Text([question], PromptSettings.None))
                return null;
            ChatMessage call = new(ChatRole.Assistant,
                [new FunctionCallContent(CallSyntax.SampleId, CallSyntax.SampleName, CallSyntax.SampleArguments)]);
            _ = Text([question, call, result], settings); // a template that cannot take results is of no use
            return CallSyntax.Find(
                Text([question, call], settings), Text([question, new(ChatRole.Assistant, Answer)], settings), Answer, ends);
        }
        catch (NotSupportedException)
        {
            return null;
        }

        string Text(ChatMessage[] messages, PromptSettings given) =>
            string.Concat(template.Render(messages, given).Select(static span => span.Text));
    }
}
