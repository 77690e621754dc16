using System.Globalization;
using System.Text;
using CognitiveTools.Chat;
using CognitiveTools.Chat.Schemas;
using CognitiveTools.Llama.Templates.Conversations;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>The grammar of the calls of one turn.</summary>
internal static class FunctionGrammar
{
    /// <summary>Calls in a turn at most: a weak model would not stop.</summary>
    public const int MostCalls = 16;

    // A model may begin a line before the call.
    private const string Space = "[ \\n]{0,2}";

    /// <param name="syntax">How calls are written.</param>
    /// <param name="functions">The functions, at least one.</param>
    /// <param name="isSingle">Whether one call only is allowed.</param>
    /// <param name="skip">Characters of <see cref="CallSyntax.Open"/> that the prompt has written already.</param>
    /// <param name="isTriggered">Whether the text begins with <see cref="CallSyntax.Open"/>, without white space before it.</param>
    public static string Write(
        CallSyntax syntax, IReadOnlyList<DeclaredFunction> functions, bool isSingle, int skip = 0, bool isTriggered = false)
    {
        var text = new StringBuilder();
        var lead = syntax.Lead.Length > 0 ? $"({MarkText.Grammar(syntax.Lead)})? " : "";
        var space = skip > 0 || isTriggered ? "" : $"{Space} {lead}";
        text.Append($"root ::= {space}{MarkText.Grammar(syntax.Open[skip..])} calls1\n");
        var most = isSingle || syntax.Join is null ? 1 : MostCalls;
        for (var i = 1; i <= most; i++)
        {
            var name = i.ToString(CultureInfo.InvariantCulture);
            var next = i < most ? $"calls{(i + 1).ToString(CultureInfo.InvariantCulture)}" : null;
            text.Append($"calls{name} ::= {Turn(syntax, functions, next)}\n");
        }

        if (syntax.Arguments is JsonArguments json)
            WriteJson(text, json, functions);
        else if (syntax.Arguments is PairArguments pairs)
            new PairGrammar(pairs, text).Write(functions);
        return text.Append(JsonSchemaGrammar.Json).ToString();
    }

    /// <summary>Name of the rule of a call with arguments.</summary>
    public static string Full(int function) => string.Create(CultureInfo.InvariantCulture, $"call{function}");

    /// <summary>The name and what follows it as a sequence; marks of names are replaced.</summary>
    public static string Named(string name, string behind) => MarkText.Grammar(name + MarkText.For(behind, name));

    // A call of each function, and then the end or the next call. Calls that may be followed by the same stand together.
    private static string Turn(CallSyntax syntax, IReadOnlyList<DeclaredFunction> functions, string? next)
    {
        var turns = new List<(string Call, string End)>();
        var pairs = syntax.Arguments as PairArguments;
        for (var i = 0; i < functions.Count; i++)
        {
            var name = functions[i].Name;
            if (pairs is null || PairGrammar.MayBeFull(functions[i]))
                turns.Add((Full(i), End(name, syntax.Close, syntax.Join)));
            if (pairs is not null && PairGrammar.MayBeEmpty(functions[i]))
                turns.Add((GrammarRules.Literal(name), End(name, pairs.EmptyClose, pairs.EmptyJoin)));
        }

        return string.Join(" | ", turns.GroupBy(static turn => turn.End, StringComparer.Ordinal)
            .Select(static group => $"({string.Join(" | ", group.Select(static turn => turn.Call))}) {group.Key}"));

        string End(string name, string close, string? join)
        {
            var last = MarkText.Grammar(MarkText.For(close, name));
            return next is null || join is null ? last : $"({last} | {MarkText.Grammar(MarkText.For(join, name))} {next})";
        }
    }

    private static void WriteJson(StringBuilder text, JsonArguments json, IReadOnlyList<DeclaredFunction> functions)
    {
        for (var i = 0; i < functions.Count; i++)
        {
            var rule = string.Create(CultureInfo.InvariantCulture, $"f{i}");
            var header = Named(functions[i].Name, json.Middle);
            if (json.Other is { } other)
                header = $"({header} | {Named(functions[i].Name, other)})";
            text.Append($"{Full(i)} ::= {header} {rule}\n")
                .Append(SchemaRules.Object(functions[i].Parameters, rule));
        }
    }
}
