using System.Text.Json.Nodes;

namespace CognitiveTools.TestServers;

/// <summary>What the server is to answer.</summary>
/// <param name="Text">The assistant's text, or the error's message.</param>
public sealed record ChatReply(string Text)
{
    /// <summary>The HTTP status; anything but 200 is an error.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The error's code.</summary>
    public string Code { get; init; } = "error";

    /// <summary>The finish reason.</summary>
    public string Finish { get; init; } = "stop";

    /// <summary>Function calls beside the text: a name and its arguments as JSON text.</summary>
    public IReadOnlyList<(string Name, string Arguments)> Calls { get; init; } = [];

    /// <summary>The assistant's message as the protocol writes it.</summary>
    public JsonObject MessageFor(ChatCall call)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = CutFor(call) };
        if (Calls.Count > 0)
        {
            message["tool_calls"] = new JsonArray([.. Calls.Select((c, i) => new JsonObject
            {
                ["id"] = $"call-{i}",
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = c.Name, ["arguments"] = c.Arguments },
            })]);
        }

        return message;
    }

    /// <summary>The text up to the request's first stop sequence.</summary>
    public string CutFor(ChatCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var ends = call.Stops.Select(s => Text.IndexOf(s, StringComparison.Ordinal)).Where(at => at >= 0).ToList();
        return ends.Count == 0 ? Text : Text[..ends.Min()];
    }
}
