using System.Text.RegularExpressions;

namespace CognitiveTools.Loop.Reading;

/// <summary>
/// Calls as JSON: <c>&lt;call&gt;{"tool":"name","args":{...}}&lt;/call&gt;</c>, the same in the tags other models were
/// trained on, or as an object on a line of its own, fenced or bare.
/// </summary>
internal sealed partial class JsonCallReader : ICallReader
{
    public FoundCall? FindFirst(AssistantTurn turn, IReadOnlyCollection<string> tools)
    {
        var text = turn.Visible;
        var tagged = Tag().Match(text) is { Success: true } tag ? tag : null;
        for (var bare = BareObject().Match(text, 0, tagged?.Index ?? text.Length); bare.Success; bare = bare.NextMatch())
        {
            if (ReadBare(text, bare.Groups["open"].Index, turn.Cut, tools) is { } call)
                return call with { Start = bare.Index };
        }

        return tagged is null ? null : ReadTagged(text, tagged, turn.Cut, tools);
    }

    private static FoundCall ReadTagged(string text, Match tag, bool cut, IReadOnlyCollection<string> tools)
    {
        var closing = $"</{tag.Groups["name"].Value}>";
        var body = tag.Index + tag.Length;
        var close = text.IndexOf(closing, body, StringComparison.OrdinalIgnoreCase);
        var bodyEnd = close < 0 ? text.Length : close;
        var end = close < 0 ? text.Length : close + closing.Length;
        // A stop sequence takes the closing tag away; a limit takes more than that.
        var openEnd = close >= 0 || !cut;

        var call = ReadBody(text, body, bodyEnd, openEnd, tools);
        return call with { Start = tag.Index, End = end, MissingEnd = close < 0 && call.Error is null ? closing : "" };
    }

    private static FoundCall ReadBody(string text, int start, int end, bool openEnd, IReadOnlyCollection<string> tools)
    {
        var reader = new LiteralReader(text, start, end, openEnd);
        reader.SkipBlanks();
        if (reader.Current == '`')
        {
            // A code fence inside the tag: skip its first line.
            var line = text.IndexOf('\n', reader.Position, end - reader.Position);
            reader = new LiteralReader(text, line < 0 ? end : line, end, openEnd);
            reader.SkipBlanks();
        }

        if (reader.Current != '{')
            return PythonCallReader.ReadInTag(text, reader.Position, end, openEnd, tools);
        if (reader.Read() is not MapLiteral map)
            return FoundCall.Broken("", $"the call cannot be read: {reader.Error}", start, end);
        return FromMap(map, start, end) is { } call
            ? call with { Notes = reader.Notes }
            : FoundCall.Broken("", "the call names no tool: write {\"tool\":\"name\",\"args\":{...}}", start, end);
    }

    private static FoundCall? ReadBare(string text, int start, bool cut, IReadOnlyCollection<string> tools)
    {
        var reader = new LiteralReader(text, start, text.Length, openEnd: !cut);
        if (reader.Read() is not MapLiteral map || FromMap(map, start, reader.Position) is not { } call)
            return null;
        // An object that merely has a name is data unless it also has arguments or names a tool of ours.
        return tools.Contains(call.Tool, StringComparer.OrdinalIgnoreCase) || map.Find("args", "arguments", "parameters") is not null
            ? call with { Notes = reader.Notes }
            : null;
    }

    private static FoundCall? FromMap(MapLiteral map, int start, int end)
    {
        if (map.Find("tool", "name", "tool_name", "function") is not { } tool)
            return null;
        // {"function": {"name": ..., "arguments": ...}}
        if (tool is MapLiteral inner)
            return FromMap(inner, start, end);
        if (tool is not TextLiteral { Value: var name })
            return null;
        IReadOnlyList<(string? Name, Literal Value)> arguments = map.Find("args", "arguments", "parameters", "input") switch
        {
            MapLiteral given => FoundCall.Named(given),
            ListLiteral list => [.. list.Items.Select(i => ((string?)null, i))],
            // Arguments as JSON inside a text, the way some APIs encode them.
            TextLiteral { Value: ['{', ..] json } when new LiteralReader(json, 0, json.Length, openEnd: false).Read() is MapLiteral given => FoundCall.Named(given),
            { } single => [(null, single)],
            null => [.. map.Entries.Where(e => e.Key is not ("tool" or "name" or "tool_name" or "function")).Select(e => ((string?)e.Key, e.Value))],
        };
        return new FoundCall(name.Trim(), arguments, start, end);
    }

    [GeneratedRegex(@"<(?<name>call|tool_call|function_call|toolcall)>", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex(@"^[ \t>*\-]*(?:[A-Za-z ]{1,20}:[ \t]*)?(?<open>\{)\s*[""']?(?:tool|name|tool_name|function)\b", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex BareObject();
}
