using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Loop.Reading;

/// <summary>Function calls as a chat client hands them over, apart from the text. They count as written after it.</summary>
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
        return new FoundCall(call.Name,
            [.. (call.Arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal))
            .Select(a => ((string?)a.Key, Read(a.Value)))], end, end)
        {
            Native = call,
            Notes = calls.Count > 1 ? [$"{calls.Count - 1} further calls of the turn were left out: one call per turn"] : [],
        };
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
