using System.Text;
using System.Text.Json;
using CognitiveTools.Chat.Schemas;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>Rules of lists and objects that are written with a mark around texts and with bare names, as Gemma 4 does.</summary>
/// <param name="quote">The mark.</param>
internal sealed class QuotedRules(string quote)
{
    private const int MostDepth = 5; // deeper values are any values

    private readonly StringBuilder _text = new();

    /// <summary>All rules so far.</summary>
    public string Rules => $"""
        qvalue ::= qobject | qarray | qtext | number | boolean | null
        qobject ::= "{"{"}" (qname ":" qvalue ("," qname ":" qvalue)*)? "{"}"}"
        qarray ::= "[" (qvalue ("," qvalue)*)? "]"
        qname ::= [a-zA-Z0-9_] [a-zA-Z0-9_.-]*
        qtext ::= {GrammarRules.Literal(quote)} qrest

        """.ReplaceLineEndings("\n") + UntilRules.Write(quote, "qrest") + _text;

    /// <summary>The rule of JSON for a kind.</summary>
    public static string Json(ValueKinds kind) => kind switch
    {
        ValueKinds.Integer => "integer",
        ValueKinds.Number => "number",
        ValueKinds.Boolean => "boolean",
        ValueKinds.Null => "null",
        ValueKinds.Object => "object",
        ValueKinds.Array => "array",
        _ => "value",
    };

    /// <summary>The rule of an object or list.</summary>
    /// <param name="root">The schema that references refer to.</param>
    /// <param name="schema">The value's schema.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="name">Begins the names of the rules.</param>
    public string Of(JsonElement root, JsonElement schema, ValueKinds kind, string name) => kind switch
    {
        ValueKinds.Object => Object(root, schema, name, depth: 0),
        ValueKinds.Array => Array(root, schema, name, depth: 0),
        _ => Json(kind),
    };

    private string Object(JsonElement root, JsonElement schema, string name, int depth)
    {
        var properties = ParameterKinds.Properties(schema).OrderBy(static p => p.Name, StringComparer.OrdinalIgnoreCase).ToArray();
        if (properties.Length == 0)
            return "qobject";
        var required = ParameterKinds.Required(schema);
        var (first, mayBeEmpty) = OrderedRules.Write(_text, $"{name}o", properties.Length, "\",\"", (i, rule) =>
        {
            var (key, value) = (properties[i].Name, Any(root, properties[i].Value, rule, depth + 1));
            return ($"{GrammarRules.Literal(key + ":")} {value}", required.Contains(key));
        });
        _text.Append($"{name}o ::= \"{{\" {(mayBeEmpty ? $"{first}?" : first)} \"}}\"\n");
        return $"{name}o";
    }

    private string Array(JsonElement root, JsonElement schema, string name, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("items", out var items))
            return "qarray";
        var item = Any(root, items, name + "i", depth + 1);
        _text.Append($"{name}l ::= \"[\" ({item} (\",\" {item})*)? \"]\"\n");
        return $"{name}l";
    }

    private string Any(JsonElement root, JsonElement schema, string name, int depth)
    {
        schema = ParameterKinds.Resolve(root, schema);
        var kinds = ParameterKinds.Of(root, schema, depth: 0);
        if (depth > MostDepth || kinds == ValueKinds.All)
            return "qvalue";
        var rules = Enum.GetValues<ValueKinds>().Where(kind => kind is not (ValueKinds.None or ValueKinds.All) && kinds.HasFlag(kind))
            .Select(kind => kind switch
            {
                ValueKinds.Text => Text(schema),
                ValueKinds.Object => Object(root, schema, name, depth),
                ValueKinds.Array => Array(root, schema, name, depth),
                _ => Json(kind),
            });
        return $"({string.Join(" | ", rules)})";
    }

    private string Text(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("enum", out var values)
            || values.ValueKind != JsonValueKind.Array)
            return "qtext";
        var texts = values.EnumerateArray().Where(static value => value.ValueKind == JsonValueKind.String)
            .Select(value => GrammarRules.Literal(quote + value.GetString() + quote));
        return $"({string.Join(" | ", texts)})";
    }
}
