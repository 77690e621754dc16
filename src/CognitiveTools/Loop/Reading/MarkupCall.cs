using System.Text.RegularExpressions;

namespace CognitiveTools.Loop.Reading;

/// <summary>
/// A call in markup: <c>&lt;function=name&gt;&lt;parameter=key&gt;value&lt;/parameter&gt;&lt;/function&gt;</c> (Qwen3-Coder),
/// <c>&lt;function=name&gt;{"key":"value"}&lt;/function&gt;</c> (Llama 3.1),
/// <c>&lt;invoke name="name"&gt;&lt;parameter name="key"&gt;...</c> (MiniMax, DeepSeek 3.2).
/// </summary>
internal static partial class MarkupCall
{
    private const int LongestTag = 200; // characters

    /// <summary>Reads the call whose tag begins at an index.</summary>
    /// <returns>The call, readable or not; <see langword="null"/> when such a tag does not begin there.</returns>
    public static FoundCall? Read(string text, int start, int end, bool openEnd)
    {
        var open = Opening().Match(text, start, end - start);
        if (!open.Success || open.Index != start)
            return null;
        var name = CallMap.ToolName(open.Groups["name"].Value);
        var closing = $"</{open.Groups["space"].Value}{open.Groups["kind"].Value}>";
        var reader = new LiteralReader(text, open.Index + open.Length, end, openEnd);
        reader.SkipBlanks();
        if (reader.Current == '{')
        {
            return reader.Read() is MapLiteral map
                ? new FoundCall(name, FoundCall.Named(map), start, Behind(text, reader.Position, end, closing)) { Notes = reader.Notes }
                : FoundCall.Unreadable(name, reader.Error, start, end);
        }

        return ReadParameters(text, name, closing, start, reader.Position, end, openEnd);
    }

    /// <summary>The tag that opens such a call.</summary>
    [GeneratedRegex(
        @"<(?<space>｜DSML｜)?(?<kind>function|invoke|tool)(?:[ \t]*=|[ \t]+name[ \t]*=)"
        + @"[ \t]*[""']?(?<name>[A-Za-z_][A-Za-z0-9_.\-]{0,79})[""']?[ \t]*>",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    internal static partial Regex Opening();

    private static FoundCall ReadParameters(string text, string name, string closing, int start, int at, int end, bool openEnd)
    {
        var arguments = new List<(string? Name, Literal Value)>();
        var notes = new SortedSet<string>(StringComparer.Ordinal);
        while (true)
        {
            at = LiteralReader.SkipBlanks(text, at, end);
            if (StartsWith(text, at, end, closing))
                return Found(at + closing.Length);
            var open = Parameter().Match(text, at, end - at);
            if (!open.Success || open.Index != at)
            {
                return at < end ? Broken($"an argument or {closing} was expected instead of '{text[at]}'")
                    : openEnd && arguments.Count > 0 ? Found(at)
                    : Broken("it was cut off before it ended");
            }

            var value = open.Index + open.Length;
            var close = $"</{open.Groups["space"].Value}parameter>";
            if (ValueEnd(text, value, end, close, closing) is not { } found)
            {
                if (!openEnd)
                    return Broken($"it was cut off inside the argument '{open.Groups["key"].Value}'");
                notes.Add("a missing closing tag was added");
                found = (end, end);
            }

            arguments.Add((open.Groups["key"].Value, new TextLiteral(Unwrap(text[value..found.Index]))));
            at = found.Behind;
        }

        FoundCall Found(int behind) => new(name, arguments, start, behind) { Notes = notes };
        FoundCall Broken(string why) => FoundCall.Unreadable(name, why, start, Math.Clamp(at, start, end));
    }

    // A closing tag ends a value when a tag of the call follows; otherwise it is part of the value.
    private static (int Index, int Behind)? ValueEnd(string text, int from, int end, string close, string closing)
    {
        (int, int)? last = null;
        for (var at = IndexOf(text, close, from, end); at >= 0; at = IndexOf(text, close, at + close.Length, end))
        {
            var behind = at + close.Length;
            last = (at, behind);
            var next = LiteralReader.SkipBlanks(text, behind, end);
            if (next >= end || StartsWith(text, next, end, closing) || BeginsParameter(text, next, end))
                return last;
        }

        return last;
    }

    private static bool BeginsParameter(string text, int at, int end) =>
        text[at] == '<' && Parameter().Match(text, at, Math.Min(end - at, LongestTag)) is { Success: true } match && match.Index == at;

    private static int Behind(string text, int from, int end, string closing)
    {
        var at = LiteralReader.SkipBlanks(text, from, end);
        return StartsWith(text, at, end, closing) ? at + closing.Length : from;
    }

    // The line breaks around a value belong to the format.
    private static string Unwrap(string value)
    {
        var from = value.StartsWith("\r\n", StringComparison.Ordinal) ? 2 : value.StartsWith('\n') ? 1 : 0;
        var to = value.Length - (value.EndsWith("\r\n", StringComparison.Ordinal) ? 2 : value.EndsWith('\n') ? 1 : 0);
        return to > from ? value[from..to] : "";
    }

    private static int IndexOf(string text, string wanted, int from, int end) =>
        from >= end ? -1 : text.IndexOf(wanted, from, end - from, StringComparison.OrdinalIgnoreCase);

    private static bool StartsWith(string text, int at, int end, string wanted) =>
        at + wanted.Length <= end && string.Compare(text, at, wanted, 0, wanted.Length, StringComparison.OrdinalIgnoreCase) == 0;

    [GeneratedRegex(
        @"<(?<space>｜DSML｜)?parameter(?:[ \t]*=|[ \t]+name[ \t]*=)"
        + @"[ \t]*[""']?(?<key>[A-Za-z_][A-Za-z0-9_.\-]{0,79})[""']?(?:[ \t]+[a-z]+=[""']?[a-z]*[""']?)?[ \t]*>",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
