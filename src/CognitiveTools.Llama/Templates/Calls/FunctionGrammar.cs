using System.Text;
using System.Text.RegularExpressions;
using CognitiveTools.Chat;
using CognitiveTools.Llama.Templates.Conversations;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>The grammar of one call of some functions.</summary>
internal static partial class FunctionGrammar
{
    /// <param name="syntax">How the call is written.</param>
    /// <param name="functions">The functions, at least one.</param>
    /// <param name="skip">Characters of <see cref="CallSyntax.Open"/> that the prompt has written already.</param>
    public static string Write(CallSyntax syntax, IReadOnlyList<DeclaredFunction> functions, int skip = 0)
    {
        var text = new StringBuilder();
        var calls = functions.Select((function, i) => $"{Literal(function.Name + syntax.Middle)} f{i}");
        var open = skip < syntax.Open.Length ? Literal(syntax.Open[skip..]) + " " : "";
        text.Append($"root ::= {open}({string.Join(" | ", calls)}) {Close(syntax.Close)}\n");
        for (var i = 0; i < functions.Count; i++)
            text.Append(RulesOf(functions[i], $"f{i}"));
        return text.Append(JsonSchemaGrammar.Json).ToString();
    }

    // A schema that a grammar cannot follow still gives an object; the function checks its arguments itself.
    private static string RulesOf(DeclaredFunction function, string root)
    {
        if (function.Parameters.ValueKind != System.Text.Json.JsonValueKind.Object || !function.Parameters.TryGetProperty("type", out _))
            return $"{root} ::= object\n";
        try
        {
            return JsonSchemaGrammar.RulesFor(function.Parameters, root);
        }
        catch (NotSupportedException)
        {
            return $"{root} ::= object\n";
        }
    }

    private static string Close(string close) => close.Length == 0
        ? "\"\""
        : string.Join(" [a-zA-Z0-9]{9} ", close.Split(CallSyntax.IdMark).Select(Literal));

    private static string Literal(string text) => text.Length == 0
        ? "\"\""
        : $"\"{Special().Replace(text, static match => match.Value switch
        {
            "\n" => "\\n",
            "\r" => "\\r",
            "\t" => "\\t",
            var other => "\\" + other,
        })}\"";

    [GeneratedRegex("[\"\\\\\n\r\t]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Special();
}
