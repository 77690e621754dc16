using System.Text.Json;
using CognitiveTools.Chat.Schemas;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>Kinds of values that a parameter takes.</summary>
[Flags]
internal enum ValueKinds
{
    None = 0,
    Text = 1,
    Integer = 2,
    Number = 4,
    Boolean = 8,
    Null = 16,
    Object = 32,
    Array = 64,

    /// <summary>A text that the template marks in another way than a simple one.</summary>
    MarkedText = 128,
    All = Text | Integer | Number | Boolean | Null | Object | Array,
}

/// <summary>Reads the kinds of values out of the schema of a function's parameters.</summary>
internal static class ParameterKinds
{
    private const int MostDepth = 16;

    /// <summary>The declared parameters in the schema's order.</summary>
    public static IEnumerable<(string Name, ValueKinds Kinds)> Of(JsonElement parameters) =>
        Properties(parameters).Select(property => (property.Name, Of(parameters, property.Value, depth: 0)));

    /// <summary>The kinds of one parameter; of an undeclared one all.</summary>
    public static ValueKinds Of(JsonElement parameters, string name) =>
        parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty("properties", out var properties)
        && properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out var schema)
            ? Of(parameters, schema, depth: 0)
            : ValueKinds.All;

    /// <summary>The kind of a value.</summary>
    public static ValueKinds KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => ValueKinds.Text,
        JsonValueKind.Number => value.TryGetInt64(out _) ? ValueKinds.Integer : ValueKinds.Number,
        JsonValueKind.True or JsonValueKind.False => ValueKinds.Boolean,
        JsonValueKind.Object => ValueKinds.Object,
        JsonValueKind.Array => ValueKinds.Array,
        _ => ValueKinds.Null,
    };

    /// <summary>The properties of a schema in its order.</summary>
    public static IEnumerable<JsonProperty> Properties(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties)
        && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject()
            : [];

    /// <summary>Whether a function takes arguments of any name, because it declares none.</summary>
    public static bool TakesAny(JsonElement schema) => !Properties(schema).Any() && (schema.ValueKind != JsonValueKind.Object
        || !schema.TryGetProperty("properties", out _) || Required(schema).Count > 0);

    /// <summary>Names of the properties that must be there.</summary>
    public static HashSet<string> Required(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("required", out var list)
        && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(static name => name.ValueKind == JsonValueKind.String)
                .Select(static name => name.GetString()!)]
            : [];

    /// <summary>Follows references of a schema.</summary>
    public static JsonElement Resolve(JsonElement root, JsonElement node)
    {
        for (var step = 0; step < MostDepth; step++)
        {
            if (node.ValueKind != JsonValueKind.Object || !node.TryGetProperty("$ref", out var reference)
                || reference.ValueKind != JsonValueKind.String
                || !SchemaPlace.TryFollow(root, reference.GetString()!, out _, out var target))
                return node;
            node = target;
        }

        return node;
    }

    public static ValueKinds Of(JsonElement root, JsonElement node, int depth)
    {
        node = Resolve(root, node);
        if (depth > MostDepth || node.ValueKind != JsonValueKind.Object)
            return ValueKinds.All;
        if (node.TryGetProperty("const", out var constant))
            return KindOf(constant);
        foreach (var (keyword, isValues) in ((string, bool)[])[("enum", true), ("anyOf", false), ("oneOf", false)])
        {
            if (node.TryGetProperty(keyword, out var list) && list.ValueKind == JsonValueKind.Array)
                return list.EnumerateArray().Aggregate(
                    ValueKinds.None, (all, one) => all | (isValues ? KindOf(one) : Of(root, one, depth + 1)));
        }

        if (node.TryGetProperty("allOf", out var parts) && parts.ValueKind == JsonValueKind.Array && parts.GetArrayLength() == 1)
            return Of(root, parts[0], depth + 1);
        return !node.TryGetProperty("type", out var type) ? ValueKinds.All
            : type.ValueKind == JsonValueKind.Array
                ? type.EnumerateArray().Aggregate(ValueKinds.None, static (all, one) => all | Named(one))
                : Named(type);
    }

    private static ValueKinds Named(JsonElement type) => (type.ValueKind == JsonValueKind.String ? type.GetString() : null) switch
    {
        "string" => ValueKinds.Text,
        "integer" => ValueKinds.Integer,
        "number" => ValueKinds.Number,
        "boolean" => ValueKinds.Boolean,
        "null" => ValueKinds.Null,
        "object" => ValueKinds.Object,
        "array" => ValueKinds.Array,
        _ => ValueKinds.All,
    };
}
