using System.Text.RegularExpressions;

namespace CognitiveTools.Loop.Reading;

/// <summary>
/// Calls as Python text, the paper's way: <c>print(name({'argument': '...'}))</c>, <c>name(argument='...')</c>, bare,
/// assigned, fenced or in a list (<c>[name(...), ...]</c>, Llama 3.2 and 4), at the beginning of a line. A mention of a tool
/// inside a sentence is no call. Nothing is evaluated.
/// </summary>
internal sealed partial class PythonCallReader : ICallReader
{
    private const int MostOpenings = 256;

    public FoundCall? FindFirst(AssistantTurn turn, IReadOnlyCollection<string> tools)
    {
        var text = turn.Visible;
        var left = MostOpenings;
        for (var match = Opening().Match(text); match.Success && left-- > 0; match = match.NextMatch())
        {
            var name = match.Groups["name"].Value;
            var known = tools.Contains(name, StringComparer.OrdinalIgnoreCase);
            var call = Read(text, name, match.Index + match.Length, text.Length, openEnd: !turn.Cut);
            // f(x) = 2 is mathematics: an unknown name counts only with the arguments of a tool call.
            if (!known && (call.Error is not null || call.Arguments.Count == 0 || call.Arguments.Any(a => a.Name is null)))
                continue;
            // A known name without readable arguments on a line that goes on as prose is a mention.
            if (known && (call.Error is not null || call.Arguments.Count == 0) && !match.Groups["print"].Success
                && IsProse(text, match.Index + match.Length))
                continue;
            if (match.Groups["list"].Length > 0 && !IsInList(text, call))
                continue;
            var end = call.End;
            if (match.Groups["print"].Success && end < text.Length && text[end] == ')')
                end++;
            if (match.Groups["list"].Length > 0 && end < text.Length && text[end] == ']')
                end++;
            return call with { Start = match.Index + match.Groups["blank"].Length, End = end };
        }

        return null;
    }

    /// <summary>Reads what stands behind a mark: <c>name(...)</c> or only <c>name</c>.</summary>
    /// <returns>The call, readable or not; <see langword="null"/> when the text has another form.</returns>
    public static FoundCall? ReadInMark(string text, int start, int end, bool openEnd, IReadOnlyCollection<string> tools)
    {
        var match = Opening().Match(text, start, end - start);
        if (match.Success && match.Index == start)
            return Read(text, match.Groups["name"].Value, match.Index + match.Length, end, openEnd);
        var word = text[start..end].Trim();
        return tools.Contains(word, StringComparer.OrdinalIgnoreCase)
            ? new FoundCall(word, [], start, end)
            : null;
    }

    // [name(...)](address) is a link.
    private static bool IsInList(string text, FoundCall call)
    {
        if (call.Error is not null)
            return true;
        var next = call.End;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
            next++;
        return next >= text.Length || text[next] == ',' || (text[next] == ']' && (next + 1 >= text.Length || text[next + 1] != '('));
    }

    private static FoundCall Read(string text, string name, int start, int end, bool openEnd)
    {
        var reader = new LiteralReader(text, start, end, openEnd);
        var arguments = new List<(string? Name, Literal Value)>();
        while (true)
        {
            reader.SkipBlanks();
            if (reader.Current == ')' || (reader.AtEnd && arguments.Count > 0))
                break;
            var key = reader.TakeKeyword();
            if (reader.Read() is not { } literal)
                return FoundCall.Broken(name, $"the call of {name} cannot be read: {reader.Error}", start, reader.Position);
            if (key is null && literal is MapLiteral map)
                arguments.AddRange(FoundCall.Named(map));
            else
                arguments.Add((key, literal));
            if (!reader.Take(','))
                break;
        }

        return reader.TakeClosing(')')
            ? new FoundCall(name, arguments, start, reader.Position) { Notes = reader.Notes }
            : FoundCall.Broken(name, $"the call of {name} cannot be read: {reader.Error}", start, reader.Position);
    }

    // "understand_question(the question) would help" goes on with words behind the bracket; a call does not.
    private static bool IsProse(string text, int from)
    {
        var lineEnd = text.IndexOf('\n', from);
        var line = text[from..(lineEnd < 0 ? text.Length : lineEnd)];
        var close = line.IndexOf(')', StringComparison.Ordinal);
        return close >= 0 && line[(close + 1)..].Any(char.IsLetter);
    }

    [GeneratedRegex(
        @"^(?<blank>[ \t>*`\-]*)(?:(?:Action|Call|Tool|Tool call|Code|Next)[ \t]*:[ \t]*`?)?"
        + @"(?:[A-Za-z_][A-Za-z0-9_]*[ \t]*=[ \t]*)?(?<list>\[[ \t]*)?(?<print>print[ \t]*\([ \t]*)?"
        + @"(?:functions\.|default_api\.|tools\.)?(?<name>[A-Za-z_][A-Za-z0-9_]*)(?:\.call)?[ \t]*\(",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Opening();
}
