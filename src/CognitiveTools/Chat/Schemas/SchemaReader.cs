using System.Collections.Immutable;
using System.Text.Json;

namespace CognitiveTools.Chat.Schemas;

/// <summary>
/// Reads a schema into nodes. Each place is read once, however often it is referred
/// to; an unsupported keyword is refused with its place. Bounded in places and depth.
/// </summary>
internal sealed class SchemaReader(JsonElement schema)
{
    internal const int MostPlaces = 10_000;
    internal const int MostDepth = 200;
    internal const int MostRepeats = 1000; // llama.cpp refuses more than 2,000

    private static readonly string[] Types = ["object", "array", "string", "number", "integer", "boolean", "null"];

    private readonly SchemaNodes _nodes = new();
    private readonly Dictionary<string, SchemaNode> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal); // places being read, with their brackets
    private int _places;
    private int _depth;
    private int _brackets;

    /// <summary>The whole schema, or a place of it.</summary>
    public SchemaNode Root(string place = "#")
    {
        var root = Follow(place, place);
        _nodes.RequireDistinguishable(At);
        return root;
    }

    /// <summary>The node at a place that a reference named.</summary>
    public SchemaNode At(string place) => _known[place];

    private SchemaNode Follow(string reference, string at)
    {
        if (!SchemaPlace.TryFollow(schema, reference, out var place, out var target))
        {
            var what = $"refers to '{SchemaRefusal.Short(reference)}', which is not there";
            throw SchemaRefusal.At(at, what, "Refer to a place of the same schema, such as #/$defs/NAME.");
        }

        if (_known.TryGetValue(place, out var known))
            return known;
        if (_open.TryGetValue(place, out var brackets))
        {
            return brackets < _brackets
                ? _nodes.Reference(place)
                : throw SchemaRefusal.At(at, "refers only to itself", "Let it describe a value.");
        }

        _open[place] = _brackets;
        var node = Read(target, place);
        _open.Remove(place);
        return _known[place] = node;
    }

    private SchemaNode Read(JsonElement node, string at)
    {
        if (++_places > MostPlaces)
            throw SchemaRefusal.At(at, $"brings the schema to more than {MostPlaces} places", "Ask for less at once.");
        if (++_depth > MostDepth)
            throw SchemaRefusal.At(at, $"is nested more than {MostDepth} levels deep", "Nest less.");
        var read = SchemaKeywords.AllowsAll(node) ? _nodes.Any
            : node.ValueKind == JsonValueKind.Object ? Object(node, at)
            : throw SchemaRefusal.At(at, "is not a schema that allows something", "Write an object with a type.");
        _depth--;
        return read;
    }

    private SchemaNode Inside(JsonElement node, string at)
    {
        _brackets++;
        var read = Read(node, at);
        _brackets--;
        return read;
    }

    private SchemaNode Object(JsonElement node, string at)
    {
        if (node.TryGetProperty("$ref", out var reference))
        {
            SchemaKeywords.RefuseOthers(node, at, [], "$ref");
            return Follow(reference.ValueKind == JsonValueKind.String ? reference.GetString()! : reference.GetRawText(), at);
        }

        if (node.TryGetProperty("const", out var constant))
            return Fixed(node, [constant], "const", at);
        if (node.TryGetProperty("enum", out var values))
            return Fixed(node, Items(values, $"{at}/enum"), "enum", at);
        if (node.TryGetProperty("anyOf", out var alternatives) && !Items(alternatives, $"{at}/anyOf").Any(SchemaKeywords.AllowsAll))
            return Union(node, "anyOf", alternatives, at);
        foreach (var keyword in (ReadOnlySpan<string>)["allOf", "oneOf"])
        {
            if (node.TryGetProperty(keyword, out var list) && IsOfOne(list) && !SchemaKeywords.AllowsAll(list[0]))
                return Union(node, keyword, list, at);
        }

        return Typed(node, at);
    }

    private static bool IsOfOne(JsonElement list) => list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == 1;

    private SchemaNode Union(JsonElement node, string keyword, JsonElement list, string at)
    {
        SchemaKeywords.RefuseOthers(node, at, [], keyword);
        return _nodes.Union(list.EnumerateArray().Select((s, i) => Read(s, $"{at}/{keyword}/{i}")), at);
    }

    private SchemaNode Typed(JsonElement node, string at)
    {
        string[] types;
        if (node.TryGetProperty("type", out var type))
            types = TypesOf(type, at);
        else if (SchemaKeywords.TypesOf(node) is [var only])
            types = [only]; // values of other types would be valid too, but the schema means this one
        else
            types = [];
        string[] read = ["type", .. types.SelectMany(KeywordsOf)];
        SchemaKeywords.RefuseOthers(node, at, types, read);
        return types.Length == 0 ? _nodes.Any : _nodes.Union(types.Select(t => OfType(node, t, at)), at);
    }

    private static string[] KeywordsOf(string type) => type switch
    {
        "object" => ["properties", "required", "additionalProperties", "unevaluatedProperties"],
        "array" => ["items", "minItems", "maxItems"],
        "string" => ["minLength", "maxLength"],
        "integer" => ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
        _ => [],
    };

    private static string TypeOf(JsonElement type, string at)
    {
        if (type.ValueKind == JsonValueKind.String && Types.Contains(type.GetString(), StringComparer.Ordinal))
            return type.GetString()!;
        var what = $"has the unknown type {SchemaRefusal.Short(type.GetRawText())}";
        throw SchemaRefusal.At(at, what, $"Known: {string.Join(", ", Types)}.");
    }

    private static string[] TypesOf(JsonElement type, string at) =>
        type.ValueKind == JsonValueKind.Array ? [.. Items(type, $"{at}/type").Select(t => TypeOf(t, at))] : [TypeOf(type, at)];

    private SchemaNode OfType(JsonElement node, string type, string at)
    {
        switch (type)
        {
            case "object":
                return Record(node, at);
            case "array":
                var (least, most) = Range(node, "minItems", "maxItems", at);
                return _nodes.List(node.TryGetProperty("items", out var items) ? Inside(items, $"{at}/items") : _nodes.Any, least, most);
            case "string":
                var (min, max) = Range(node, "minLength", "maxLength", at);
                return min == 0 && max is null ? _nodes.Rule(type) : _nodes.Text(min, max);
            case "integer":
                var (low, high) = WholeRange.Of(node, at);
                return low == -WholeNumbers.Largest && high == WholeNumbers.Largest ? _nodes.Rule(type) : _nodes.Whole(low, high);
            default:
                return _nodes.Rule(type);
        }
    }

    private SchemaNode Record(JsonElement node, string at)
    {
        var required = new HashSet<string>(StringComparer.Ordinal);
        if (node.TryGetProperty("required", out var list))
            required.UnionWith(Texts(list, $"{at}/required"));
        var properties = ImmutableArray.CreateBuilder<SchemaProperty>();
        var forbids = false;
        if (node.TryGetProperty("properties", out var described))
        {
            if (described.ValueKind != JsonValueKind.Object)
                throw SchemaRefusal.At($"{at}/properties", "is not an object", "Map each name to a schema.");
            foreach (var property in described.EnumerateObject())
            {
                var isRequired = required.Remove(property.Name);
                var place = $"{at}/properties/{SchemaPlace.Escape(property.Name)}";
                if (!isRequired && property.Value.ValueKind == JsonValueKind.False)
                    forbids = true;
                else
                    properties.Add(new(property.Name, isRequired, Inside(property.Value, place)));
            }
        }

        if (required.Count > 0)
        {
            var what = $"requires '{SchemaRefusal.Short(required.First())}', which it does not describe";
            throw SchemaRefusal.At(at, what, "Describe it under properties.");
        }

        return properties.Count > 0 || forbids ? _nodes.Object(properties.ToImmutable(), at) : Unnamed(node, at);
    }

    // Only described properties are written; without any, the schema of the values decides.
    private SchemaNode Unnamed(JsonElement node, string at)
    {
        foreach (var keyword in (ReadOnlySpan<string>)["additionalProperties", "unevaluatedProperties"])
        {
            if (!node.TryGetProperty(keyword, out var others) || SchemaKeywords.AllowsAll(others))
                continue;
            return others.ValueKind == JsonValueKind.False ? _nodes.Object([], at) : _nodes.Map(Inside(others, $"{at}/{keyword}"));
        }

        return _nodes.Rule("object");
    }

    // Schema generators write a type next to fixed values, which must have that type.
    private SchemaNode Fixed(JsonElement node, IReadOnlyList<JsonElement> values, string keyword, string at)
    {
        SchemaKeywords.RefuseOthers(node, at, [], keyword, "type");
        if (node.TryGetProperty("type", out var type))
        {
            var types = TypesOf(type, at);
            foreach (var value in values)
            {
                if (types.Any(t => FixedValues.IsOf(value, t)))
                    continue;
                var what = $"has the value {SchemaRefusal.Short(value.GetRawText())}, which is not of its type";
                throw SchemaRefusal.At(at, what, "Correct one of them.");
            }
        }

        var characters = values.Sum(v => (long)v.GetRawText().Length);
        if (characters > GrammarRules.MostCharacters)
            throw SchemaRefusal.At($"{at}/{keyword}", $"has {characters} characters", $"Give at most {GrammarRules.MostCharacters}.");
        return _nodes.Fixed(values.Select(FixedValues.Json), $"{at}/{keyword}");
    }

    private static IReadOnlyList<JsonElement> Items(JsonElement list, string at) =>
        list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0
        ? [.. list.EnumerateArray()]
        : throw SchemaRefusal.At(at, "is not a list of at least one", "List at least one.");

    private static (int Min, int? Max) Range(JsonElement node, string least, string most, string at)
    {
        var (min, max) = (Count(node, least, at) ?? 0, Count(node, most, at));
        return max < min ? throw SchemaRefusal.At(at, $"has {most} below {least}", "Swap them.") : (min, max);
    }

    private static int? Count(JsonElement node, string keyword, string at)
    {
        if (!node.TryGetProperty(keyword, out var value))
            return null;
        return FixedValues.Whole(value) is { } count and >= 0 and <= MostRepeats
            ? (int)count
            : throw SchemaRefusal.At($"{at}/{keyword}", "is out of range", $"Give a whole number from 0 to {MostRepeats}.");
    }

    private static IEnumerable<string> Texts(JsonElement list, string at) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(t => t.ValueKind == JsonValueKind.String)
            ? list.EnumerateArray().Select(t => t.GetString()!)
            : throw SchemaRefusal.At(at, "is not a list of names", "List the names of properties.");
}
