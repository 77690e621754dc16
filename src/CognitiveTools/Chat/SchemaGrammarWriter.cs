using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CognitiveTools.Chat;

/// <summary>Writes the grammar of one schema. Rules are numbered; what a reference names has one rule, however often it is used.</summary>
internal sealed class SchemaGrammarWriter(JsonElement schema)
{
    private const int MaxRepeat = 1000; // llama.cpp refuses more than 2,000
    private const int MaxRules = 2000;

    private static readonly HashSet<string> Annotations = new(StringComparer.Ordinal)
    {
        "$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly",
    };

    private static readonly string[] Types = ["object", "array", "string", "number", "integer", "boolean", "null"];

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StringBuilder _rules = new();
    private readonly Dictionary<string, string> _references = new(StringComparer.Ordinal);
    private int _count;

    public string Write()
    {
        var root = Rule(schema, "#");
        return $"root ::= {root}\n{_rules}{JsonGrammarRules.Text}";
    }

    private string Rule(JsonElement node, string at)
    {
        if (node.ValueKind == JsonValueKind.True)
            return "value";
        if (node.ValueKind != JsonValueKind.Object)
            throw Refused(at, "is not a schema", "Write an object with a type.");
        if (node.TryGetProperty("$ref", out var reference))
            return Referenced(node, reference, at);
        if (node.TryGetProperty("anyOf", out var alternatives))
        {
            Allow(node, at, "anyOf");
            return Add(Union(alternatives, $"{at}/anyOf"));
        }

        return node.TryGetProperty("const", out var constant) ? Fixed(node, [constant], "const", at)
            : node.TryGetProperty("enum", out var values) ? Fixed(node, Items(values, $"{at}/enum"), "enum", at)
            : Typed(node, at);
    }

    private string Referenced(JsonElement node, JsonElement reference, string at)
    {
        Allow(node, at, "$ref");
        var path = reference.ValueKind == JsonValueKind.String ? reference.GetString()! : "";
        if (_references.TryGetValue(path, out var known))
            return known;
        var parts = path.Split('/');
        var target = schema;
        if (path != "#" && !(parts is ["#", "$defs" or "definitions", _] && schema.TryGetProperty(parts[1], out var group)
            && group.ValueKind == JsonValueKind.Object && group.TryGetProperty(parts[2], out target)))
        {
            throw Refused(at, $"refers to '{path}', which is not there", "Refer to #/$defs/NAME of the same schema.");
        }

        var name = Next();
        _references[path] = name;
        Append(name, Rule(target, path));
        return name;
    }

    private string Typed(JsonElement node, string at)
    {
        if (!node.TryGetProperty("type", out var type))
        {
            Allow(node, at);
            return "value";
        }

        if (type.ValueKind != JsonValueKind.Array)
            return OfType(node, type, at, alone: true);
        if (type.GetArrayLength() == 0)
            throw Refused(at, "has an empty list of types", "Name at least one type.");
        return Add(string.Join(" | ", type.EnumerateArray().Select(t => OfType(node, t, at, alone: false))));
    }

    // Keywords of other types than those named mean nothing in JSON Schema; where types stand in a list, each reads its own.
    private string OfType(JsonElement node, JsonElement type, string at, bool alone)
    {
        var name = type.ValueKind == JsonValueKind.String ? type.GetString()! : "";
        if (!Types.Contains(name, StringComparer.Ordinal))
            throw Refused(at, $"has the unknown type {type.GetRawText()}", $"Known: {string.Join(", ", Types)}.");
        string[] own = name switch
        {
            "object" => ["properties", "required", "additionalProperties"],
            "array" => ["items", "minItems", "maxItems"],
            "string" => ["minLength", "maxLength"],
            _ => [],
        };
        Allow(node, at, alone ? ["type", .. own] : ["type", "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "minLength", "maxLength"]);
        return name switch
        {
            "object" => Object(node, at),
            "array" => Array(node, at),
            "string" when Repeat(node, "minLength", "maxLength", at) is { } repeat => Add($"\"\\\"\" char{repeat} \"\\\"\""),
            _ => name,
        };
    }

    private string Object(JsonElement node, string at)
    {
        if (node.TryGetProperty("additionalProperties", out var more) && more.ValueKind is not (JsonValueKind.False or JsonValueKind.True))
            throw Refused(at, "has a schema for additionalProperties", "Set it to false and name the properties.");
        var required = new HashSet<string>(StringComparer.Ordinal);
        if (node.TryGetProperty("required", out var list))
            required.UnionWith(Texts(list, $"{at}/required"));
        if (!node.TryGetProperty("properties", out var properties))
        {
            if (required.Count > 0)
                throw Refused(at, "requires properties that it does not describe", "Describe them under properties.");
            return more.ValueKind == JsonValueKind.False ? Add("\"{\" ws \"}\"") : "object";
        }

        if (properties.ValueKind != JsonValueKind.Object)
            throw Refused($"{at}/properties", "is not an object", "Map each name to a schema.");
        var pairs = properties.EnumerateObject()
            .Select(p => (Optional: !required.Remove(p.Name), Text: $"{Json(p.Name)} \":\" ws {Rule(p.Value, $"{at}/properties/{p.Name}")}"))
            .ToList();
        if (required.Count > 0)
            throw Refused(at, $"requires '{required.First()}', which it does not describe", "Describe it under properties.");
        return Add($"\"{{\" ws {Members(pairs)} ws \"}}\"");
    }

    // Two chains of rules from the last property to the first: with and without a property before, which decides the comma.
    private string Members(List<(bool Optional, string Text)> pairs)
    {
        string first = "", after = "";
        for (var i = pairs.Count - 1; i >= 0; i--)
        {
            var (optional, text) = pairs[i];
            var (firstNow, afterNow) = ($"{text} {after}", $"\",\" ws {text} {after}");
            first = Add(optional ? $"{firstNow} | {(first.Length == 0 ? "\"\"" : first)}" : firstNow);
            after = Add(optional ? $"{afterNow} | {(after.Length == 0 ? "\"\"" : after)}" : afterNow);
        }

        return first;
    }

    private string Array(JsonElement node, string at)
    {
        var item = node.TryGetProperty("items", out var items) ? Rule(items, $"{at}/items") : "value";
        var (min, max) = (Count(node, "minItems", at) ?? 0, Count(node, "maxItems", at));
        if (max < min)
            throw Refused(at, "has maxItems below minItems", "Swap them.");
        if (max == 0)
            return Add("\"[\" ws \"]\"");
        var more = string.Create(CultureInfo.InvariantCulture, $"(\",\" ws {item}){{{Math.Max(0, min - 1)},{max - 1}}}");
        return Add(min == 0 ? $"\"[\" ws ({item} {more} ws)? \"]\"" : $"\"[\" ws {item} {more} ws \"]\"");
    }

    // Generators write a type beside fixed values; it must be theirs.
    private string Fixed(JsonElement node, IEnumerable<JsonElement> values, string keyword, string at)
    {
        Allow(node, at, keyword, "type");
        if (node.TryGetProperty("type", out var type))
        {
            var types = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray()] : new[] { type };
            foreach (var value in values)
            {
                if (!types.Any(t => IsOf(value, t)))
                    throw Refused(at, $"has the value {value.GetRawText()}, which is not of its type", "Correct one of them.");
            }
        }

        return Add($"({string.Join(" | ", values.Select(Json))})");
    }

    private static bool IsOf(JsonElement value, JsonElement type) => (type.ValueKind == JsonValueKind.String ? type.GetString() : null) switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => false,
    };

    private string Union(JsonElement schemas, string at) => string.Join(" | ", Items(schemas, at).Select((s, i) => Rule(s, $"{at}/{i}")));

    private static IReadOnlyList<JsonElement> Items(JsonElement list, string at) =>
        list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0
            ? [.. list.EnumerateArray()]
            : throw Refused(at, "is no list, or an empty one", "List at least one.");

    private static string? Repeat(JsonElement node, string least, string most, string at)
    {
        var (min, max) = (Count(node, least, at), Count(node, most, at));
        if (max < (min ?? 0))
            throw Refused(at, $"has {most} below {least}", "Swap them.");
        return min is null && max is null ? null : string.Create(CultureInfo.InvariantCulture, $"{{{min ?? 0},{max}}}");
    }

    private static int? Count(JsonElement node, string keyword, string at)
    {
        if (!node.TryGetProperty(keyword, out var value))
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count is >= 0 and <= MaxRepeat
            ? count
            : throw Refused($"{at}/{keyword}", "is out of range", $"Give a whole number from 0 to {MaxRepeat}.");
    }

    private static IEnumerable<string> Texts(JsonElement list, string at) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(t => t.ValueKind == JsonValueKind.String)
            ? list.EnumerateArray().Select(t => t.GetString()!)
            : throw Refused(at, "is no list of names", "List the names of properties.");

    private static void Allow(JsonElement node, string at, params ReadOnlySpan<string> keywords)
    {
        foreach (var property in node.EnumerateObject())
        {
            if (!keywords.Contains(property.Name) && !Annotations.Contains(property.Name))
                throw Refused(at, $"uses {property.Name}, which cannot be kept here", "Leave it out and check the answer yourself.");
        }
    }

    private static string Json(string text) => JsonGrammarRules.Literal(Written(w => w.WriteStringValue(text)));

    private static string Json(JsonElement value) => JsonGrammarRules.Literal(Written(value.WriteTo));

    private static string Written(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Relaxed))
            write(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private string Add(string body)
    {
        var name = Next();
        Append(name, body);
        return name;
    }

    private string Next() => ++_count <= MaxRules
        ? string.Create(CultureInfo.InvariantCulture, $"r{_count}")
        : throw Refused("#", $"needs more than {MaxRules} rules", "Ask for less at once.");

    private void Append(string name, string body) => _rules.Append(name).Append(" ::= ").Append(body).Append('\n');

    private static NotSupportedException Refused(string at, string what, string remedy) => new($"The JSON schema at {at} {what}. {remedy}");
}
