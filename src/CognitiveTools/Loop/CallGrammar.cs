using System.Text;
using CognitiveTools.Tools;

namespace CognitiveTools.Loop;

/// <summary>
/// The GBNF grammar that binds a local model from <c>&lt;call&gt;</c> on: a known tool, that tool's own parameters, texts
/// as values. Any backslash escape is allowed, because models write LaTeX; the reader understands it.
/// </summary>
internal static class CallGrammar
{
    public const string Trigger = "<call>";

    public static string For(IReadOnlyList<CognitiveTool> tools)
    {
        var grammar = new StringBuilder();
        Rule("root", $"\"{Trigger}\" ws call ws \"</call>\"");
        Rule("call", string.Join(" | ", tools.Select((_, i) => $"call{i}")));
        for (var i = 0; i < tools.Count; i++)
        {
            var keys = string.Join(" | ", tools[i].Parameters.Select(p => Quoted(p.Name)));
            Rule($"call{i}",
                $"\"{{\" ws {Quoted("tool")} ws \":\" ws {Quoted(tools[i].Name)} ws \",\" ws {Quoted("args")} ws \":\" ws args{i} ws "
                + $"\"}}\"");
            Rule($"args{i}", $"\"{{\" ws (pair{i} (ws \",\" ws pair{i})*)? ws \"}}\"");
            Rule($"pair{i}", $"({keys}) ws \":\" ws text");
        }

        Rule("text", """ "\"" ([^"\\\x00-\x1F] | "\\" [^\x00-\x1F])* "\"" """.Trim());
        Rule("ws", "[ \\n]?");
        return grammar.ToString();

        void Rule(string name, string body) => grammar.Append(name).Append(" ::= ").Append(body).Append('\n');
    }

    private static string Quoted(string name) => $"\"\\\"{name}\\\"\"";
}
