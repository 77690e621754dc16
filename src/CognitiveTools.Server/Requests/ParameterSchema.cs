using System.Globalization;
using System.Text.Json;
using CognitiveTools.Chat.Schemas;
using CognitiveTools.Server.Faults;

namespace CognitiveTools.Server.Requests;

/// <summary>
/// Checks the schema of a function's parameters: it describes an object, and its references lead somewhere. Other keywords are not
/// checked, because a model can be shown a schema that a grammar cannot follow.
/// </summary>
/// <param name="schema">The schema.</param>
/// <param name="path">Its place in the body.</param>
internal sealed class ParameterSchema(JsonElement schema, string path)
{
    private const int MostReferences = 1000; // different ones; each is looked up in the schema

    private static readonly HashSet<string> MapsOfSchemas =
        new(["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"], StringComparer.Ordinal);

    private static readonly HashSet<string> Data = new(["enum", "const", "default", "example", "examples"], StringComparer.Ordinal);

    private readonly HashSet<string> _references = new(StringComparer.Ordinal);

    /// <exception cref="RequestRefusedException">The schema is wrong; the message says where.</exception>
    public void Check()
    {
        if (schema.ValueKind != JsonValueKind.Object)
            throw Wrong("must be a JSON schema of an object");
        if (Nesting.IsTooDeep(schema, Nesting.MostOfPart))
            throw RequestRefusedException.Invalid(path, Nesting.Refusal($"'{path}'", Nesting.MostOfPart));
        CheckReferences(schema);
        CheckObject(Target());
    }

    private void CheckObject(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw Wrong("must be a JSON schema of an object");
        if (root.TryGetProperty("type", out var type) && !(type.ValueKind == JsonValueKind.String && type.ValueEquals("object")))
            throw Wrong($"has the type {SchemaRefusal.Short(type.GetRawText())}, but the arguments of a function are an object");
        if (root.TryGetProperty("properties", out var properties) && properties.ValueKind != JsonValueKind.Object)
            throw Wrong("has 'properties' that are not an object");
        if (root.TryGetProperty("required", out var required) && !(required.ValueKind == JsonValueKind.Array
            && required.EnumerateArray().All(static name => name.ValueKind == JsonValueKind.String)))
            throw Wrong("has 'required' that is not a list of names");
    }

    private void CheckReferences(JsonElement node)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray())
                CheckReferences(item);
        }

        if (node.ValueKind != JsonValueKind.Object)
            return;
        foreach (var keyword in node.EnumerateObject())
        {
            if (keyword.NameEquals("$ref"))
                CheckReference(keyword.Value);
            else if (MapsOfSchemas.Contains(keyword.Name) && keyword.Value.ValueKind == JsonValueKind.Object)
                CheckAll(keyword.Value);
            else if (!Data.Contains(keyword.Name))
                CheckReferences(keyword.Value);
        }
    }

    private void CheckAll(JsonElement named)
    {
        foreach (var entry in named.EnumerateObject())
            CheckReferences(entry.Value);
    }

    private void CheckReference(JsonElement reference)
    {
        if (reference.ValueKind != JsonValueKind.String)
            throw Wrong("has a $ref that is not a string");
        if (!_references.Add(reference.GetString()!))
            return;
        if (_references.Count > MostReferences)
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"refers to more than {MostReferences} places"));
        if (!SchemaPlace.TryFollow(schema, reference.GetString()!, out _, out _))
            throw Wrong($"refers to '{SchemaRefusal.Short(reference.GetString()!)}', which is not there",
                "Refer to a place of the same schema, such as #/$defs/NAME.");
    }

    // Schema generators put an object among the definitions and refer to it.
    private JsonElement Target()
    {
        var target = schema;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (target.ValueKind == JsonValueKind.Object && target.TryGetProperty("$ref", out var reference))
        {
            CheckReference(reference); // it may stand in a part that is data elsewhere
            if (!seen.Add(reference.GetString()!))
                throw Wrong("refers only to itself");
            SchemaPlace.TryFollow(schema, reference.GetString()!, out _, out target);
        }

        return target;
    }

    private RequestRefusedException Wrong(string what, string remedy = "Send {\"type\":\"object\",\"properties\":{...}}.") =>
        RequestRefusedException.Invalid(path, $"'{path}' {what}. {remedy}");
}
