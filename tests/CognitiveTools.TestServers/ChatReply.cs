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

    /// <summary>A body to send as it is, whatever was asked for; <see langword="null"/> for one made of the other members.</summary>
    public string? Body { get; init; }

    /// <summary>The type of <see cref="Body"/>.</summary>
    public string BodyType { get; init; } = "application/json";

    /// <summary>The header <c>Retry-After</c>; <see langword="null"/> for none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Whether the connection is broken behind <see cref="Body"/> or, in a stream, behind the text, before the usage.</summary>
    public bool Breaks { get; init; }

    /// <summary>Whether the connection is broken in place of an answer.</summary>
    public bool IsSilent { get; init; }

    /// <summary>The header <c>Location</c>; <see langword="null"/> for none.</summary>
    public string? Location { get; init; }

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

    /// <summary>The function calls as a stream gives them: a head, then the arguments in two pieces.</summary>
    public IEnumerable<JsonObject> CallPieces()
    {
        for (var i = 0; i < Calls.Count; i++)
        {
            var (name, arguments) = Calls[i];
            var half = arguments.Length / 2;
            yield return new JsonObject
            {
                ["index"] = i,
                ["id"] = $"call-{i}",
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = name, ["arguments"] = "" }
            };
            yield return new JsonObject { ["index"] = i, ["function"] = new JsonObject { ["arguments"] = arguments[..half] } };
            yield return new JsonObject { ["index"] = i, ["function"] = new JsonObject { ["arguments"] = arguments[half..] } };
        }
    }

    /// <summary>The text up to the request's first stop sequence.</summary>
    public string CutFor(ChatCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var ends = call.Stops.Select(s => Text.IndexOf(s, StringComparison.Ordinal)).Where(at => at >= 0).ToList();
        return ends.Count == 0 ? Text : Text[..ends.Min()];
    }
}
