namespace CognitiveTools.Loop.Reading;

/// <summary>
/// Reads the text after a mark: JSON with one call or a list of calls; markup; a name with
/// arguments in Python, as JSON or as pairs of tags. Of several calls the first counts.
/// </summary>
internal static class CallBody
{
    private const string HowTo = "write {\"tool\":\"name\",\"args\":{...}}";

    /// <returns>The call, or one with an error; <see cref="FoundCall.End"/> is the index after the text that was read.</returns>
    public static FoundCall Read(string text, int start, int end, bool openEnd, IReadOnlyCollection<string> tools)
    {
        var reader = Begin(text, start, end, openEnd);
        if (reader.Current == '<' && MarkupCall.Read(text, reader.Position, end, openEnd) is { } markup)
            return markup;
        if (reader.Current == '[' && reader.PeekBehind() is '{' or '[' or ']')
            return ReadList(reader, start, end);
        if (reader.Current == '{')
            return ReadMap(reader, start, end);
        var at = reader.Position + (reader.Current == '[' ? 1 : 0); // [name(...)]
        return ArgumentTagsCall.Read(text, at, end, openEnd)
            ?? NamedJsonCall.Read(text, at, end, openEnd)
            ?? PythonCallReader.ReadInMark(text, at, end, openEnd, tools)
            ?? FoundCall.Broken("", $"the call cannot be read: {HowTo}", start, end);
    }

    private static LiteralReader Begin(string text, int start, int end, bool openEnd)
    {
        var reader = new LiteralReader(text, start, end, openEnd);
        reader.SkipBlanks();
        if (reader.Current != '`')
            return reader;
        // A code fence after the mark: skip its first line.
        var line = text.IndexOf('\n', reader.Position, end - reader.Position);
        reader = new LiteralReader(text, line < 0 ? end : line, end, openEnd);
        reader.SkipBlanks();
        return reader;
    }

    private static FoundCall ReadMap(LiteralReader reader, int start, int end)
    {
        if (reader.Read() is not MapLiteral map)
            return FoundCall.Broken("", $"the call cannot be read: {reader.Error}", start, end);
        return CallMap.Read(map, start, reader.Position) is { } call
            ? call with { Notes = reader.Notes }
            : FoundCall.Broken("", $"the call names no tool: {HowTo}", start, end);
    }

    private static FoundCall ReadList(LiteralReader reader, int start, int end)
    {
        if (reader.Read() is not ListLiteral list)
            return FoundCall.Broken("", $"the list of calls cannot be read: {reader.Error}", start, end);
        if (list.Items.OfType<MapLiteral>().FirstOrDefault() is not { } first)
            return FoundCall.Broken("", $"the list holds no call: {HowTo}", start, end);
        return CallMap.Read(first, start, reader.Position) is { } call
            ? call with { Notes = [.. reader.Notes, .. CallMap.LeftOut(list.Items.Count - 1)] }
            : FoundCall.Broken("", $"the call names no tool: {HowTo}", start, end);
    }
}
