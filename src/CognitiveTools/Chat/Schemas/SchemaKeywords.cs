using System.Text.Json;

namespace CognitiveTools.Chat.Schemas;

/// <summary>The keywords of JSON Schema without effect: annotations, and values of other keywords that every text satisfies.</summary>
internal static class SchemaKeywords
{
    private static readonly HashSet<string> Annotations = new(StringComparer.Ordinal)
    {
        "$schema", "$id", "$anchor", "$comment", "$vocabulary", "$defs", "definitions", "title", "description", "default", "examples",
        "deprecated", "readOnly", "writeOnly", "contentEncoding", "contentMediaType", "contentSchema",
    };

    /// <summary>Keywords that constrain one type only, with that type; values of other types ignore them.</summary>
    private static readonly Dictionary<string, string> Owners = new[]
    {
        (Type: "object", Keywords: (string[])
        [
            "properties", "required", "additionalProperties", "unevaluatedProperties", "patternProperties", "propertyNames",
            "minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "dependencies",
        ]),
        ("array",
        [
            "items", "prefixItems", "additionalItems", "unevaluatedItems", "contains", "minContains", "maxContains", "minItems", "maxItems",
            "uniqueItems",
        ]),
        ("string", ["minLength", "maxLength", "pattern"]),
        ("number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    }.SelectMany(o => o.Keywords.Select(k => (Keyword: k, o.Type))).ToDictionary(o => o.Keyword, o => o.Type, StringComparer.Ordinal);

    /// <summary>Refuses every keyword of a node that has an effect and is not supported here.</summary>
    /// <param name="node">The schema.</param>
    /// <param name="at">Its place.</param>
    /// <param name="types">The types that its values may have; empty when other keywords decide them.</param>
    /// <param name="read">Supported keywords.</param>
    /// <exception cref="NotSupportedException">A keyword is not supported; the message names it.</exception>
    public static void RefuseOthers(JsonElement node, string at, IReadOnlyCollection<string> types, params ReadOnlySpan<string> read)
    {
        foreach (var property in node.EnumerateObject())
        {
            if (read.Contains(property.Name) || AsksNothing(node, property) || (types.Count > 0 && ConcernsOthers(property.Name, types)))
                continue;
            var what = $"uses {SchemaRefusal.Short(property.Name)}, which cannot be kept here";
            throw SchemaRefusal.At(at, what, "Leave it out and check the answer yourself.");
        }
    }

    /// <summary>Whether a schema allows everything.</summary>
    public static bool AllowsAll(JsonElement schema) => schema.ValueKind == JsonValueKind.True
        || (schema.ValueKind == JsonValueKind.Object && schema.EnumerateObject().All(p => AsksNothing(schema, p)));

    /// <summary>The types that the keywords of a schema without a type constrain.</summary>
    public static IReadOnlyList<string> TypesOf(JsonElement node) =>
        [
            .. node.EnumerateObject().Where(p => !AsksNothing(node, p))
                .Select(p => Owners.GetValueOrDefault(p.Name, "")).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal),
        ];

    private static bool AsksNothing(JsonElement node, JsonProperty keyword) =>
        Annotations.Contains(keyword.Name) || keyword.Name.StartsWith("x-", StringComparison.Ordinal) || HasIdleValue(node, keyword);

    private static bool HasIdleValue(JsonElement node, JsonProperty keyword) => keyword.Name switch
    {
        "uniqueItems" or "nullable" => keyword.Value.ValueKind == JsonValueKind.False,
        "minItems" or "minLength" or "minProperties" => FixedValues.Whole(keyword.Value) == 0,
        "minContains" or "maxContains" => !node.TryGetProperty("contains", out _),
        "contains" => node.TryGetProperty("minContains", out var least) && FixedValues.Whole(least) == 0
            && !node.TryGetProperty("maxContains", out _),
        "required" => keyword.Value.ValueKind == JsonValueKind.Array && keyword.Value.GetArrayLength() == 0,
        "properties" or "patternProperties" or "dependentRequired" or "dependentSchemas" or "dependencies" =>
            keyword.Value.ValueKind == JsonValueKind.Object && keyword.Value.GetPropertyCount() == 0,
        "items" or "propertyNames" or "additionalProperties" or "unevaluatedProperties" or "unevaluatedItems" => AllowsAll(keyword.Value),
        "additionalItems" => AllowsAll(keyword.Value)
            || !node.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array,
        "allOf" or "anyOf" => keyword.Value.ValueKind == JsonValueKind.Array && keyword.Value.GetArrayLength() > 0
            && (keyword.Name == "allOf" ? keyword.Value.EnumerateArray().All(AllowsAll) : keyword.Value.EnumerateArray().Any(AllowsAll)),
        "not" => keyword.Value.ValueKind == JsonValueKind.False,
        "if" => !node.TryGetProperty("then", out _) && !node.TryGetProperty("else", out _),
        "then" or "else" => !node.TryGetProperty("if", out _) || AllowsAll(keyword.Value),
        "pattern" => keyword.Value.ValueKind == JsonValueKind.String && keyword.Value.GetString() is "" or ".*" or "^",
        "multipleOf" => FixedValues.Whole(keyword.Value) == 1
            && node.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("integer"),
        "exclusiveMinimum" or "exclusiveMaximum" => keyword.Value.ValueKind == JsonValueKind.False, // a draft of 2013
        _ => false,
    };

    private static bool ConcernsOthers(string keyword, IReadOnlyCollection<string> types) =>
        Owners.TryGetValue(keyword, out var owner) && !types.Contains(owner) && !(owner == "number" && types.Contains("integer"));
}
