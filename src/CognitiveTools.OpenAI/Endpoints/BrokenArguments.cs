using System.Text;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using AIChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>
/// Arguments of calls that are not a JSON object. Microsoft.Extensions.AI drops their text and would send <c>null</c> back; here the text
/// of the server is kept with the call and goes back with it. A server that refuses such a text gets an empty object, with a note; the
/// result of the call says in both cases what was wrong.
/// </summary>
internal sealed class BrokenArguments
{
    /// <summary>What a server is known to refuse, for <see cref="ServerLimits"/>.</summary>
    public const string Name = "arguments that are no JSON object";

    /// <summary>The note for a request that an empty object stood in.</summary>
    public const string Note = "the server refuses arguments of a call that are no JSON object, so {} was sent in their place";

    private readonly SortedDictionary<int, (StringBuilder Text, bool IsNamed)> _streamed = [];

    /// <summary>Keeps the arguments of a stream with the calls that cannot be read.</summary>
    public void Keep(ChatResponseUpdate update)
    {
        if (update.RawRepresentation is StreamingChatCompletionUpdate { ToolCallUpdates: { Count: > 0 } pieces })
        {
            foreach (var piece in pieces)
            {
                var (text, isNamed) = _streamed.TryGetValue(piece.Index, out var known) ? known : (new StringBuilder(), false);
                text.Append(piece.FunctionArgumentsUpdate?.ToString());
                _streamed[piece.Index] = (text, isNamed || !string.IsNullOrWhiteSpace(piece.FunctionName));
            }
        }

        if (!update.Contents.OfType<FunctionCallContent>().Any(IsBroken))
            return;
        var texts = _streamed.Values.Where(static call => call.IsNamed).Select(static call => call.Text.ToString()).ToList();
        foreach (var (i, call) in update.Contents.OfType<FunctionCallContent>().Index())
        {
            if (IsBroken(call) && i < texts.Count)
                call.RawRepresentation ??= texts[i];
        }
    }

    /// <summary>Whether a conversation has a call of this kind.</summary>
    public static bool AreIn(IEnumerable<AIChatMessage> messages) =>
        messages.Any(static message => message.Contents.OfType<FunctionCallContent>().Any(IsBroken));

    /// <summary>The conversation with such arguments as the server wrote them.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="asObject">Whether an empty object is to stand in their place.</param>
    public static IReadOnlyList<AIChatMessage> Restore(IReadOnlyList<AIChatMessage> messages, bool asObject) =>
        AreIn(messages) ? [.. messages.Select(message => AreIn([message]) ? Restore(message, asObject) : message)] : messages;

    private static AIChatMessage Restore(AIChatMessage message, bool asObject)
    {
        var written = (AssistantChatMessage)new[] { message }.AsOpenAIChatMessages().Single();
        foreach (var (i, call) in message.Contents.OfType<FunctionCallContent>().Index())
        {
            if (IsBroken(call))
                written.ToolCalls[i] = ChatToolCall.CreateFunctionToolCall(
                    call.CallId, call.Name, BinaryData.FromString(asObject ? "{}" : TextOf(call)));
        }

        return new(message.Role, message.Contents) { RawRepresentation = written };
    }

    private static bool IsBroken(FunctionCallContent call) => call is { Exception: not null, Arguments: null };

    private static string TextOf(FunctionCallContent call) => call.RawRepresentation switch
    {
        string text => text,
        ChatToolCall written => written.FunctionArguments.ToString(),
        _ => "{}", // the text is not known: the call is not this client's
    };
}
