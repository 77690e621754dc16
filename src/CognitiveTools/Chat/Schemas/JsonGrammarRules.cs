namespace CognitiveTools.Chat.Schemas;

/// <summary>The rules of JSON itself that grammars are built on.</summary>
internal static class JsonGrammarRules
{
    // White space stands after an opening bracket, a comma or a colon and before a closing bracket, and is bounded, because a weak
    // model would go on writing it. Escapes that would be half a surrogate pair are left out, so that every text is valid Unicode.
    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["value"] = "object | array | string | number | boolean | null",
        ["object"] = """ "{" ws (string ":" ws value ("," ws string ":" ws value)* ws)? "}" """.Trim(),
        ["array"] = """ "[" ws (value ("," ws value)* ws)? "]" """.Trim(),
        ["string"] = """ "\"" char* "\"" """.Trim(),
        ["char"] = """[^"\\\x00-\x1F\x7F] | "\\" """
            + """(["\\/bfnrt] | "u" ([0-9a-cA-CefEF] [0-9a-fA-F]{3} | [dD] [0-7] [0-9a-fA-F]{2}))""",
        ["number"] = """ "-"? ("0" | [1-9] [0-9]{0,15}) ("." [0-9]{1,16})? ([eE] [-+]? [0-9]{1,2})? """.Trim(),
        ["integer"] = """ "-"? ("0" | [1-9] [0-9]{0,15}) """.Trim(),
        ["boolean"] = """ ("true" | "false") """.Trim(),
        ["null"] = """ "null" """.Trim(),
        ["ws"] = """ (" " | "\n" [ \t]{0,20})? """.Trim(),
    };

    /// <summary>The rules as text.</summary>
    public static string Text { get; } = string.Concat(Bodies.Select(b => $"{b.Key} ::= {b.Value}\n"));
}
