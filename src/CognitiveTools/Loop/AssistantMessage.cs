using CognitiveTools.Calls;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Loop;

/// <summary>Makes the message that stands for a turn of the model in the conversation.</summary>
internal static class AssistantMessage
{
    /// <summary>The text of a message for a turn without any, because two user messages in a row break many chat formats.</summary>
    public const string NoAnswer = "(no answer yet)";

    /// <param name="turn">The turn.</param>
    /// <param name="text">The part of its text that counts, thoughts included.</param>
    /// <param name="call">Its native call.</param>
    /// <returns>Thoughts, visible text and call as contents of their own, so that the client decides about the thoughts.</returns>
    public static ChatMessage Of(ModelTurn turn, string text, FunctionCallContent? call)
    {
        var said = turn.Said(text);
        List<AIContent> contents = string.IsNullOrEmpty(said.Thoughts) ? [] : [new TextReasoningContent(said.Thoughts)];
        if (!string.IsNullOrWhiteSpace(said.Text))
            contents.Add(new TextContent(said.Text));
        else if (call is null)
            contents.Add(new TextContent(NoAnswer));
        if (call is not null)
            contents.Add(call);
        return new ChatMessage(ChatRole.Assistant, contents);
    }
}
