using Microsoft.Extensions.AI;

namespace CognitiveTools.Chat;

/// <summary>Reads what a chat client says of how it made a response (<see cref="ChatOptionKeys.Notes"/>).</summary>
internal static class ChatNotes
{
    /// <summary>The notes in the properties of a response or of an update; empty without any.</summary>
    public static IEnumerable<string> In(AdditionalPropertiesDictionary? properties) =>
        properties?.TryGetValue(ChatOptionKeys.Notes, out var notes) is true ? notes as IEnumerable<string> ?? [] : [];
}
