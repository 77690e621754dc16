using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Loop.Reading;

/// <summary>Finds function calls that a chat client returned separately from the text. They count as written after it.</summary>
internal sealed class NativeCallReader : ICallReader
{
    public FoundCall? FindFirst(AssistantTurn turn, IReadOnlyCollection<string> tools)
    {
        var calls = turn.Message.Contents.OfType<FunctionCallContent>().ToList();
        if (calls.Count == 0)
            return null;
        var (call, end) = (calls[0], turn.Text.Length);
        if (call.Exception is { } unreadable)
            return FoundCall.Broken(call.Name, $"the arguments cannot be read: {unreadable.Message}", end, end) with { Native = call };
        var arguments = call.Arguments?.Select(a => ((string?)a.Key, Read(a.Value))) ?? [];
        return new FoundCall(call.Name, [.. arguments], end, end) { Native = call, Notes = [.. CallMap.LeftOut(calls.Count - 1)] };
    }

    private static Literal Read(object? value) => value switch
    {
        null => new BareLiteral("null"),
        string text => new TextLiteral(text),
        JsonElement { ValueKind: JsonValueKind.String } json => new TextLiteral(json.GetString()!),
        JsonElement { ValueKind: JsonValueKind.Array } json => new ListLiteral([.. json.EnumerateArray().Select(e => Read(e))]),
        JsonElement { ValueKind: JsonValueKind.Object } json =>
            new MapLiteral([.. json.EnumerateObject().Select(p => (p.Name, Read(p.Value)))]),
        JsonElement json => new BareLiteral(json.GetRawText()),
        _ => new BareLiteral(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };
}
