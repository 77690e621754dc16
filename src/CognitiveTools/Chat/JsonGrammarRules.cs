using System.Text;

namespace CognitiveTools.Chat;

/// <summary>The rules of JSON itself that grammars are built on.</summary>
internal static class JsonGrammarRules
{
    /// <summary>Every rule's name, for a grammar that allows any value.</summary>
    public static readonly IReadOnlyCollection<string> All = ["value", "object", "array", "string", "char", "number", "integer", "boolean", "null", "ws"];

    // White space is bounded, because a weak model would write it for ever. Escapes that would be half a surrogate pair are
    // left out, so that every text is valid Unicode.
    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["value"] = "object | array | string | number | boolean | null",
        ["object"] = """ "{" ws (string ":" ws value ("," ws string ":" ws value)*)? "}" ws """.Trim(),
        ["array"] = """ "[" ws (value ("," ws value)*)? "]" ws """.Trim(),
        ["string"] = """ "\"" char* "\"" ws """.Trim(),
        ["char"] = """ [^"\\\x00-\x1F\x7F] | "\\" (["\\/bfnrt] | "u" ([0-9a-cA-CefEF] [0-9a-fA-F]{3} | [dD] [0-7] [0-9a-fA-F]{2})) """.Trim(),
        ["number"] = """ "-"? ("0" | [1-9] [0-9]{0,15}) ("." [0-9]{1,16})? ([eE] [-+]? [0-9]{1,2})? ws """.Trim(),
        ["integer"] = """ "-"? ("0" | [1-9] [0-9]{0,15}) ws """.Trim(),
        ["boolean"] = """ ("true" | "false") ws """.Trim(),
        ["null"] = """ "null" ws """.Trim(),
        ["ws"] = """ (" " | "\n" [ \t]{0,20})? """.Trim(),
    };

    /// <summary>The rules of these names, and no others.</summary>
    public static string Text(IEnumerable<string> names)
    {
        var text = new StringBuilder();
        foreach (var name in names.Order(StringComparer.Ordinal))
            text.Append(name).Append(" ::= ").Append(Bodies[name]).Append('\n');
        return text.ToString();
    }

    /// <summary>A literal text as GBNF writes it.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var c in text)
        {
            literal.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ => c.ToString(),
            });
        }

        return literal.Append('"').ToString();
    }
}
