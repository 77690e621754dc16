using CognitiveTools.Llama.Templates.Calls;
using CognitiveTools.Llama.Templates.Conversations;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Models;

/// <summary>Finds out how a chat template writes calls, by rendering some.</summary>
internal static class CallSyntaxFinder
{
    private const string KnowsNoTools = "the model's chat template knows no tools";

    /// <param name="template">The template.</param>
    /// <param name="ends">Texts of tokens that end a turn.</param>
    public static CallForm Find(ChatTemplate template, IReadOnlyList<string> ends)
    {
        var settings = new PromptSettings { Functions = CallSamples.Functions };
        try
        {
            ChatMessage[] question = [new(ChatRole.User, "x")];
            var readsTools = Render(template, question, settings) != TryRender(template, question);
            // Without tools of its own, a template may still write calls: then the system prompt describes the functions.
            var given = readsTools ? settings : PromptSettings.None;
            try
            {
                var samples = new CallSamples(messages => Render(template, messages, given), ends);
                return new(new CallSyntaxAnalysis(samples).Find(), readsTools ? null : KnowsNoTools);
            }
            catch (NotSupportedException e)
            {
                return CallForm.Generic(readsTools
                    ? $"the model's chat template has no form of calls that is known here: {CallSamples.Reason(e)}"
                    : KnowsNoTools);
            }
        }
        catch (NotSupportedException e)
        {
            return CallForm.Generic($"the model's chat template renders no tools: {CallSamples.Reason(e)}");
        }
    }

    private static string? TryRender(ChatTemplate template, IReadOnlyList<ChatMessage> messages)
    {
        try
        {
            return Render(template, messages, PromptSettings.None);
        }
        catch (NotSupportedException)
        {
            return null; // some templates want tools
        }
    }

    private static string Render(ChatTemplate template, IReadOnlyList<ChatMessage> messages, PromptSettings settings) =>
        string.Concat(template.Render(messages, settings).Select(static span => span.Text));
}
