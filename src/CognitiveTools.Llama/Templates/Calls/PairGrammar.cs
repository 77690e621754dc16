using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CognitiveTools.Chat.Schemas;
using CognitiveTools.Llama.Templates.Conversations;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>Writes the rules of calls whose arguments are written one after the other. Used once.</summary>
/// <param name="syntax">How arguments are written.</param>
/// <param name="text">Gets the rules.</param>
internal sealed class PairGrammar(PairArguments syntax, StringBuilder text)
{
    private const int MostFreeArguments = 16;

    private readonly Dictionary<string, string> _plain = new(StringComparer.Ordinal); // rules of texts by the mark that ends them
    private readonly QuotedRules _quoted = new(syntax.Quote);

    /// <summary>Whether a function may be called without arguments.</summary>
    public static bool MayBeEmpty(DeclaredFunction function) => ParameterKinds.Required(function.Parameters).Count == 0;

    /// <summary>Whether a function may be called with arguments.</summary>
    public static bool MayBeFull(DeclaredFunction function) =>
        ParameterKinds.Properties(function.Parameters).Any() || ParameterKinds.TakesAny(function.Parameters);

    /// <summary>Writes the rules of all functions.</summary>
    public void Write(IReadOnlyList<DeclaredFunction> functions)
    {
        for (var i = 0; i < functions.Count; i++)
        {
            if (!MayBeFull(functions[i]))
                continue;
            var rule = string.Create(CultureInfo.InvariantCulture, $"f{i}");
            text.Append($"{FunctionGrammar.Full(i)} ::= {FunctionGrammar.Named(functions[i].Name, syntax.Middle)} {rule}\n");
            WriteArguments(functions[i], rule);
        }

        if (syntax.Quote.Length > 0)
            text.Append(_quoted.Rules);
    }

    private void WriteArguments(DeclaredFunction function, string root)
    {
        var parameters = ParameterKinds.Of(function.Parameters).ToArray();
        var required = ParameterKinds.Required(function.Parameters);
        if (syntax.IsSorted)
            parameters = [.. parameters.OrderBy(static parameter => parameter.Name, StringComparer.OrdinalIgnoreCase)];
        if (parameters.Length == 0)
        {
            WriteFree(root, function);
            return;
        }

        var next = MarkText.Grammar(MarkText.For(syntax.Next, function.Name));
        var (first, _) = OrderedRules.Write(text, $"{root}p", parameters.Length, next, (i, rule) =>
        {
            var (name, kinds) = parameters[i];
            return ($"{GrammarRules.Literal(name)} {WriteValue(function, name, kinds, rule)}", required.Contains(name));
        });
        text.Append($"{root} ::= {first}\n");
    }

    // A function without declared parameters, if it takes any.
    private void WriteFree(string root, DeclaredFunction function)
    {
        var value = WriteValue(function, "", ValueKinds.All & syntax.Known, root + "v");
        var next = MarkText.Grammar(MarkText.For(syntax.Next, function.Name));
        text.Append($"{root}k ::= [a-zA-Z_] [a-zA-Z0-9_.-]{{0,63}}\n");
        text.Append(CultureInfo.InvariantCulture,
            $"{root} ::= {root}k {value} ({next} {root}k {value}){{0,{MostFreeArguments - 1}}}\n");
    }

    // The text between name and value, the value, and the text behind it, for each kind that the parameter takes.
    private string WriteValue(DeclaredFunction function, string parameter, ValueKinds kinds, string rule)
    {
        var known = kinds & syntax.Known;
        var schema = SchemaOf(function.Parameters, parameter);
        var isOne = (known & (known - 1)) == ValueKinds.None;
        var alternatives = syntax.Values
            .Where(form => known.HasFlag(form.Kind) || (form.Kind == ValueKinds.MarkedText && known.HasFlag(ValueKinds.Text)))
            .Select(form =>
            {
                var before = MarkText.Grammar(MarkText.For(form.Before, function.Name, parameter));
                var after = MarkText.For(form.After, function.Name, parameter);
                var name = string.Create(CultureInfo.InvariantCulture, $"{rule}k{(int)form.Kind}");
                if (form.Kind is ValueKinds.Text or ValueKinds.MarkedText)
                    return $"{before} {TextRule(schema, after, name)}";
                return $"{before} {Value(form, function.Parameters, parameter, schema, name, isOne)} {MarkText.Grammar(after)}";
            }).Distinct(StringComparer.Ordinal).ToList(); // each may write rules of its own
        text.Append($"{rule} ::= {string.Join(" | ", alternatives)}\n");
        return rule;
    }

    private string TextRule(JsonElement schema, string after, string name)
    {
        if (Fixed(schema) is { Count: > 0 } texts)
        {
            var rules = new GrammarRules(name);
            var literals = rules.Literals(LiteralTree.Of([.. texts]), "#");
            text.Append(rules).Append($"{name} ::= {literals} {MarkText.Grammar(after)}\n");
            return name;
        }

        if (!_plain.TryGetValue(after, out var rule))
        {
            rule = _plain[after] = string.Create(CultureInfo.InvariantCulture, $"text{_plain.Count}");
            text.Append(UntilRules.Write(after, rule));
        }

        return rule;
    }

    private string Value(ValueForm form, JsonElement parameters, string parameter, JsonElement schema, string name, bool isOne)
    {
        if (form.Spelling == ValueSpelling.Quoted)
            return _quoted.Of(parameters, schema, form.Kind, name);
        if (form is { Spelling: ValueSpelling.Python, Kind: ValueKinds.Boolean })
            return "(\"True\" | \"False\" | boolean)";
        if (form is { Spelling: ValueSpelling.Python, Kind: ValueKinds.Null })
            return "(\"None\" | null)";
        if (isOne && SchemaRules.Property(parameters, parameter, name) is { } rules)
        {
            text.Append(rules);
            return name;
        }

        return QuotedRules.Json(form.Kind);
    }

    private static JsonElement SchemaOf(JsonElement parameters, string name) => ParameterKinds.Properties(parameters)
        .Where(property => property.Name == name).Select(property => ParameterKinds.Resolve(parameters, property.Value)).FirstOrDefault();

    private static ImmutableSortedSet<string> Fixed(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return [];
        JsonElement[] values = schema.TryGetProperty("const", out var constant) ? [constant]
            : schema.TryGetProperty("enum", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()]
            : [];
        return values.Where(static value => value.ValueKind == JsonValueKind.String).Select(static value => value.GetString()!)
            .ToImmutableSortedSet(StringComparer.Ordinal);
    }
}
