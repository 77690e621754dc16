using System.Text.RegularExpressions;

namespace CognitiveTools.Loop.Reading;

/// <summary>
/// A name and its arguments as a JSON object, with a mark between them: <c>name[ARGS]{...}</c> (Mistral),
/// <c>function&lt;｜tool▁sep｜&gt;name</c> and a fence (DeepSeek),
/// <c>functions.name:0&lt;|tool_call_argument_begin|&gt;{...}</c> (Kimi),
/// <c>name&lt;|constrain|&gt;json&lt;|message|&gt;{...}</c> (gpt-oss).
/// </summary>
internal static partial class NamedJsonCall
{
    /// <returns>The call, readable or not; <see langword="null"/> when the text has another form.</returns>
    public static FoundCall? Read(string text, int start, int end, bool openEnd)
    {
        var head = Head().Match(text, start, end - start);
        if (!head.Success || head.Index != start)
            return null;
        var name = CallMap.ToolName(head.Groups["name"].Value);
        var reader = new LiteralReader(text, head.Groups["open"].Index, end, openEnd);
        return reader.Read() is MapLiteral map
            ? new FoundCall(name, FoundCall.Named(map), start, reader.Position) { Notes = reader.Notes }
            : FoundCall.Unreadable(name, reader.Error, start, end);
    }

    [GeneratedRegex(
        @"[ \t\r\n]*(?:function<｜tool▁sep｜>)?(?<name>[A-Za-z_][A-Za-z0-9_.\-]{0,79})(?::[0-9]{1,6})?"
        + @"(?:\[CALL_ID\][A-Za-z0-9]{0,64})?(?:[ \t\r\n]|\[ARGS\]|<[|｜][^<>|｜\r\n]{1,40}[|｜]>|commentary|json|code|```)*(?<open>\{)",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Head();
}
