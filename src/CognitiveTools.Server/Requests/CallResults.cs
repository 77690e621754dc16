using CognitiveTools.Chat.Schemas;
using CognitiveTools.Server.Faults;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Server.Requests;

/// <summary>
/// Checks that the calls of each assistant message get their results, one each, before the next message of another role, and that no
/// result comes without its call. Reads one conversation, from its beginning to its end.
/// </summary>
internal sealed class CallResults
{
    private readonly List<(string Id, string Place)> _open = []; // calls of the last assistant message without a result

    /// <exception cref="RequestRefusedException">A call or a result stands alone, or an id is used twice.</exception>
    public static void Check(IReadOnlyList<ChatMessage> messages)
    {
        var results = new CallResults();
        foreach (var (i, message) in messages.Index())
        {
            var place = JsonFields.PathOf("messages", i);
            if (message.Role == ChatRole.Tool)
                results.Close(message.Contents.OfType<FunctionResultContent>().Single().CallId, $"{place}.tool_call_id");
            else
                results.Open(message.Contents.OfType<FunctionCallContent>(), $"{place}.tool_calls");
        }

        results.RequireNone();
    }

    private void Open(IEnumerable<FunctionCallContent> calls, string path)
    {
        RequireNone();
        foreach (var (i, call) in calls.Index())
        {
            var place = JsonFields.PathOf(path, i);
            if (_open.Exists(other => other.Id == call.CallId))
                throw RequestRefusedException.Invalid($"{place}.id", $"'{place}.id' is '{SchemaRefusal.Short(call.CallId)}', the id of "
                    + "an earlier call of the message. Give each call an id of its own.");
            _open.Add((call.CallId, place));
        }
    }

    private void Close(string id, string path)
    {
        if (_open.FindIndex(call => call.Id == id) is >= 0 and var at)
        {
            _open.RemoveAt(at);
            return;
        }

        var waiting = _open.Count == 0
            ? "No call waits for a result here."
            : $"These calls wait for a result: {string.Join(", ", _open.Select(static call => SchemaRefusal.Short(call.Id)))}.";
        throw RequestRefusedException.Invalid(path, $"'{path}' is '{SchemaRefusal.Short(id)}', but the assistant message before has no "
            + $"call with this id that waits for a result. {waiting} Put each result behind the assistant message with its call.");
    }

    private void RequireNone()
    {
        if (_open is [var (id, place), ..])
            throw RequestRefusedException.Invalid(place, $"The call '{SchemaRefusal.Short(id)}' in '{place}' has no result. Send a message "
                + "of role tool with this id in 'tool_call_id' before the next message of another role.");
    }
}
