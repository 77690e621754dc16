using System.Text.RegularExpressions;

namespace CognitiveTools.Loop.Reading;

/// <summary>
/// A name and its arguments as pairs of tags:
/// <c>name &lt;arg_key&gt;key&lt;/arg_key&gt; &lt;arg_value&gt;value&lt;/arg_value&gt;</c> (GLM, Hunyuan).
/// </summary>
internal static partial class ArgumentTagsCall
{
    private const string ValueClose = "</arg_value>";

    /// <returns>The call, readable or not; <see langword="null"/> when the text has another form.</returns>
    public static FoundCall? Read(string text, int start, int end, bool openEnd)
    {
        var head = Head().Match(text, start, end - start);
        if (!head.Success || head.Index != start)
            return null;
        var name = CallMap.ToolName(head.Groups["name"].Value);
        var arguments = new List<(string? Name, Literal Value)>();
        var at = head.Groups["key"].Index;
        while (Pair().Match(text, at, end - at) is { Success: true } pair && pair.Index == at)
        {
            var (key, value) = (pair.Groups["name"].Value, pair.Index + pair.Length);
            var close = text.IndexOf(ValueClose, value, end - value, StringComparison.Ordinal);
            if (close < 0 && !openEnd)
                return FoundCall.Unreadable(name, $"it was cut off inside the argument '{key}'", start, end);
            arguments.Add((key, new TextLiteral(text[value..(close < 0 ? end : close)].Trim('\n', '\r'))));
            at = close < 0 ? end : LiteralReader.SkipBlanks(text, close + ValueClose.Length, end);
        }

        return arguments.Count > 0
            ? new FoundCall(name, arguments, start, at)
            : FoundCall.Unreadable(name, "<arg_value> was expected after <arg_key>", start, end);
    }

    [GeneratedRegex(
        @"[ \t\r\n]*(?<name>[A-Za-z_][A-Za-z0-9_.\-]{0,79})(?:[ \t\r\n]|<tool_sep>)*(?<key><arg_key>)",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Head();

    [GeneratedRegex(
        @"<arg_key>[ \t\r\n]*(?<name>[A-Za-z_][A-Za-z0-9_.\-]{0,79})[ \t\r\n]*</arg_key>[ \t\r\n]*<arg_value>",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Pair();
}
