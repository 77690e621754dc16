using System.Text.RegularExpressions;

namespace CognitiveTools.Loop.Reading;

/// <summary>
/// Calls on two lines: <c>Action: name</c> and <c>Action Input: {...}</c> (ReAct), or <c>&gt;&gt;&gt;name</c> and a JSON object
/// (Functionary). Only names of offered tools count, because the keywords are ordinary words.
/// </summary>
internal sealed partial class ActionCallReader : ICallReader
{
    private const int MostLines = 64;

    public FoundCall? FindFirst(AssistantTurn turn, IReadOnlyCollection<string> tools)
    {
        var text = turn.Visible;
        var left = MostLines;
        for (var head = Head().Match(text); head.Success && left-- > 0; head = head.NextMatch())
        {
            var name = head.Groups["name"].Value;
            if (tools.Contains(name, StringComparer.OrdinalIgnoreCase))
                return Read(text, name, head, openEnd: !turn.Cut);
        }

        return null;
    }

    private static FoundCall Read(string text, string name, Match head, bool openEnd)
    {
        var start = head.Index + head.Groups["blank"].Length;
        var line = head.Groups["json"].Success ? head.Groups["json"].Index : head.Index + head.Length;
        var reader = new LiteralReader(text, line, text.Length, openEnd);
        reader.SkipBlanks();
        if (reader.Current == '{')
        {
            return reader.Read() is MapLiteral map
                ? new FoundCall(name, FoundCall.Named(map), start, reader.Position) { Notes = reader.Notes }
                : FoundCall.Unreadable(name, reader.Error, start, text.Length);
        }

        // ReAct's input may be plain text: the rest of its line.
        var lineEnd = text.IndexOf('\n', line);
        var value = text[line..(lineEnd < 0 ? text.Length : lineEnd)].Trim().Trim('"', '\'', '`');
        return new FoundCall(
            name, value is "" or "None" or "null" ? [] : [(null, new TextLiteral(value))], start, lineEnd < 0 ? text.Length : lineEnd);
    }

    [GeneratedRegex(
        @"^(?<blank>[ \t>*\-]*)(?:"
        + @"Action[ \t*]*:[ \t*`""']*(?<name>[A-Za-z_][A-Za-z0-9_]*)[ \t*`""']*\r?\n[ \t>*\-]*Action[ \t_]+Input[ \t*]*:[ \t*]*"
        + @"|>>>[ \t]*(?<name>[A-Za-z_][A-Za-z0-9_]*)[ \t]*\r?\n[ \t]*(?<json>\{))",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Head();
}
