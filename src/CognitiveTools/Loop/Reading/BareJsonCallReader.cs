using System.Text.RegularExpressions;

namespace CognitiveTools.Loop.Reading;

/// <summary>Finds calls as a JSON object without a mark, on a line of its own, fenced or bare, alone or first in a list.</summary>
internal sealed partial class BareJsonCallReader : ICallReader
{
    private const int MostObjects = 64;

    public FoundCall? FindFirst(AssistantTurn turn, IReadOnlyCollection<string> tools)
    {
        var text = turn.Visible;
        var left = MostObjects;
        for (var bare = BareObject().Match(text); bare.Success && left-- > 0; bare = bare.NextMatch())
        {
            var list = bare.Groups["list"];
            var call = list.Success && list.Length > 0 ? ReadList(text, list.Index, turn.Cut, tools) : null;
            call ??= ReadMap(text, bare.Groups["open"].Index, turn.Cut, tools);
            if (call is not null)
                return call with { Start = bare.Index };
        }

        return null;
    }

    private static FoundCall? ReadMap(string text, int start, bool cut, IReadOnlyCollection<string> tools)
    {
        var reader = new LiteralReader(text, start, text.Length, openEnd: !cut);
        return reader.Read() is MapLiteral map ? Call(map, start, reader, tools) : null;
    }

    private static FoundCall? ReadList(string text, int start, bool cut, IReadOnlyCollection<string> tools)
    {
        var reader = new LiteralReader(text, start, text.Length, openEnd: !cut);
        return reader.Read() is ListLiteral { Items: [MapLiteral first, ..] } list && Call(first, start, reader, tools) is { } call
            ? call with { Notes = [.. call.Notes, .. CallMap.LeftOut(list.Items.Count - 1)] }
            : null;
    }

    // An object with a name is data unless it also has arguments or names an offered tool.
    private static FoundCall? Call(MapLiteral map, int start, LiteralReader reader, IReadOnlyCollection<string> tools) =>
        CallMap.Read(map, start, reader.Position) is { } call
        && (tools.Contains(call.Tool, StringComparer.OrdinalIgnoreCase) || CallMap.HasArguments(map))
            ? call with { Notes = reader.Notes }
            : null;

    [GeneratedRegex(
        @"^[ \t>*\-]*(?:[A-Za-z ]{1,20}:[ \t]*)?(?:functools)?(?<list>\[\s*)?(?<open>\{)\s*[""']?"
        + @"(?:tool|name|tool_name|function|function_name|action|type|id|arguments|parameters|args|tool_call_id)\b",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex BareObject();
}
