using Microsoft.Extensions.AI;

namespace CognitiveTools.Testing;

/// <summary>A request a <see cref="ScriptedChatClient"/> received, copied at that moment.</summary>
/// <param name="Index">Zero-based number of the request.</param>
/// <param name="Messages">The messages.</param>
/// <param name="Options">The options, or <see langword="null"/>.</param>
internal sealed record ScriptedRequest(int Index, IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)
{
    /// <summary>The last message's text.</summary>
    public string LastText => Messages is [.., var last] ? last.Text : "";

    /// <summary>All messages as one text, each after its role in brackets, for assertions and golden files.</summary>
    public string Transcript => string.Join('\n', Messages.Select(m => $"[{m.Role.Value}]\n{m.Text}"));
}
