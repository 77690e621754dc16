using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace CognitiveTools.Chat.Schemas;

/// <summary>Writes the grammar of a schema. Used once.</summary>
internal sealed class SchemaGrammarWriter(SchemaReader schema, string prefix)
{
    private readonly GrammarRules _rules = new(prefix);
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _written = [];

    /// <summary>The grammar; its first rule is <c>root</c>.</summary>
    /// <exception cref="NotSupportedException">The schema uses an unsupported keyword or exceeds a bound.</exception>
    public static string Write(JsonElement schema) => WriteRules(schema, "root", "") + JsonGrammarRules.Text;

    /// <summary>The rules of the schema alone, without those of JSON.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="root">Name of its first rule.</param>
    /// <param name="prefix">Begins the names of the others.</param>
    /// <param name="place">The place of the schema that is meant.</param>
    /// <exception cref="NotSupportedException">The schema uses an unsupported keyword or exceeds a bound.</exception>
    public static string WriteRules(JsonElement schema, string root, string prefix, string place = "#")
    {
        var reader = new SchemaReader(schema);
        var writer = new SchemaGrammarWriter(reader, prefix);
        return $"{root} ::= {writer.Of(reader.Root(place), place)}\n{writer._rules}";
    }

    private string Of(SchemaNode node, string at)
    {
        if (!_written.TryGetValue(node.Id, out var text))
            _written[node.Id] = text = Write(node, at);
        return text;
    }

    private string Write(SchemaNode node, string at) => node switch
    {
        RuleNode rule => rule.Rule,
        TextNode text => Text(text, at),
        WholeNode whole => WholeNumbers.Write(_rules, whole.Min, whole.Max, at),
        FixedNode texts => _rules.Literals(LiteralTree.Of(texts.Texts), at),
        ListNode list => List(list, at),
        MapNode map => Map(map, at),
        ObjectNode record => Record(record.Properties, at),
        UnionNode union => _rules.Add(string.Join(" | ", union.Alternatives.Select(a => Of(a, at)).Distinct(StringComparer.Ordinal)), at),
        ReferenceNode reference => Referenced(reference.Place),
        _ => throw new InvalidOperationException($"There is no grammar of {node.GetType().Name}."),
    };

    private string Text(TextNode text, string at)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"\"\\\"\" char{{{text.Min},{text.Max}}} \"\\\"\"");
        return _rules.AddRepeated(body, text.Max ?? text.Min, at);
    }

    private string Referenced(string place)
    {
        if (_places.TryGetValue(place, out var known))
            return known;
        var name = _places[place] = _rules.Reserve();
        _rules.Define(name, Of(schema.At(place), place), place);
        return name;
    }

    private string List(ListNode list, string at)
    {
        if (list.Max == 0)
            return _rules.Add("\"[\" ws \"]\"", at);
        var item = Of(list.Item, $"{at}/items");
        var more = string.Create(CultureInfo.InvariantCulture, $"(\",\" ws {item}){{{Math.Max(0, list.Min - 1)},{list.Max - 1}}}");
        var body = list.Min == 0 ? $"\"[\" ws ({item} {more} ws)? \"]\"" : $"\"[\" ws {item} {more} ws \"]\"";
        return _rules.AddRepeated(body, list.Max ?? list.Min, at);
    }

    private string Map(MapNode map, string at)
    {
        var pair = _rules.Add($"string \":\" ws {Of(map.Value, $"{at}/additionalProperties")}", at);
        return _rules.Add($"\"{{\" ws ({pair} (\",\" ws {pair})* ws)? \"}}\"", at);
    }

    // From the last property to the first. `here`: the properties from this one on, at least one of them written; `after`: what may follow.
    private string Record(ImmutableArray<SchemaProperty> properties, string at)
    {
        string here = "", after = "";
        var mayEnd = true;
        for (var i = properties.Length - 1; i >= 0; i--)
        {
            var (name, isRequired, value) = properties[i];
            var place = $"{at}/properties/{SchemaPlace.Escape(name)}";
            var pair = $"{GrammarRules.Literal(FixedValues.Json(name))} \":\" ws {Of(value, place)} {after}";
            here = _rules.Add(isRequired || here.Length == 0 ? pair : $"{pair} | {here}", place);
            mayEnd &= !isRequired;
            after = _rules.Add(mayEnd ? $"(\",\" ws {here})?" : $"\",\" ws {here}", place);
        }

        var body = here.Length == 0 ? "" : mayEnd ? $" ({here} ws)?" : $" {here} ws";
        return _rules.Add($"\"{{\" ws{body} \"}}\"", at);
    }
}
