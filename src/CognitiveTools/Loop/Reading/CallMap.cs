namespace CognitiveTools.Loop.Reading;

/// <summary>A call as a JSON object, whatever a family calls its keys.</summary>
internal static class CallMap
{
    private static readonly string[] Names = ["tool", "name", "tool_name", "function", "function_name", "action"];
    private static readonly string[] Arguments = ["args", "arguments", "parameters", "input", "action_input", "kwargs"];

    // Keys next to name and arguments that are not arguments.
    private static readonly string[] Others = ["type", "id", "tool_call_id"];

    /// <summary>Whether the object has arguments of a call, so that its name is one of a tool.</summary>
    public static bool HasArguments(MapLiteral map) =>
        map.Find(Arguments) is not null || (map.Find(Names) is MapLiteral inner && HasArguments(inner));

    /// <returns>The call; <see langword="null"/> when the object names no tool.</returns>
    public static FoundCall? Read(MapLiteral map, int start, int end)
    {
        if (map.Find(Names) is not { } tool)
            return null;
        // {"function": {"name": ..., "arguments": ...}}
        if (tool is MapLiteral inner)
            return Read(inner, start, end);
        if (tool is not TextLiteral { Value: var name } || string.IsNullOrWhiteSpace(name))
            return null;
        IReadOnlyList<(string? Name, Literal Value)> arguments = map.Find(Arguments) switch
        {
            MapLiteral given => FoundCall.Named(given),
            ListLiteral list => [.. list.Items.Select(i => ((string?)null, i))],
            // Arguments as JSON inside a text, the way some APIs encode them.
            TextLiteral { Value: ['{', ..] json } when new LiteralReader(json, 0, json.Length, openEnd: false).Read() is MapLiteral given =>
                FoundCall.Named(given),
            BareLiteral { Source: "null" or "None" } => [],
            { } single => [(null, single)],
            null => [.. map.Entries.Where(e => !IsReserved(e.Key)).Select(e => ((string?)e.Key, e.Value))],
        };
        return new FoundCall(ToolName(name), arguments, start, end);
    }

    /// <summary>A name without the name space that some families write before it.</summary>
    public static string ToolName(string written)
    {
        var name = written.Trim();
        foreach (var space in new[] { "functions.", "default_api.", "tools." })
        {
            if (name.StartsWith(space, StringComparison.Ordinal))
                return name[space.Length..];
        }

        return name;
    }

    private static bool IsReserved(string key) =>
        Names.Contains(key, StringComparer.Ordinal) || Others.Contains(key, StringComparer.Ordinal);

    /// <summary>The note about calls behind the first one.</summary>
    public static IEnumerable<string> LeftOut(int calls) =>
        calls > 0 ? [$"{calls} further calls of the turn were left out: one call per turn"] : [];
}
