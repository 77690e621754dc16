using System.Text.Json;
using CognitiveTools.Chat;
using CognitiveTools.Chat.Schemas;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>
/// Rules of JSON that a schema allows. A schema that a grammar cannot follow as a whole is followed as far as its properties can be; the
/// function checks the rest.
/// </summary>
internal static class SchemaRules
{
    /// <summary>Rules of the object that a schema describes.</summary>
    public static string Object(JsonElement schema, string root) =>
        Try(schema, root) ?? Try(Relaxed(schema), root) ?? $"{root} ::= object\n";

    /// <summary>Rules of one property; <see langword="null"/> when a grammar cannot follow its schema.</summary>
    public static string? Property(JsonElement schema, string name, string root) =>
        At(schema, root, $"#/properties/{SchemaPlace.Escape(name)}");

    private static string? Try(JsonElement schema, string root) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out _) ? At(schema, root, "#") : null;

    private static string? At(JsonElement schema, string root, string place)
    {
        try
        {
            return JsonSchemaGrammar.RulesFor(schema, root, place);
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonElement Relaxed(JsonElement schema)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "object");
            json.WriteStartObject("properties");
            foreach (var property in ParameterKinds.Properties(schema))
            {
                json.WritePropertyName(property.Name);
                WriteProperty(json, property.Value);
            }

            json.WriteEndObject();
            if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("required", out var required))
            {
                json.WritePropertyName("required");
                required.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return JsonDocument.Parse(buffer.WrittenMemory).RootElement;
    }

    private static void WriteProperty(Utf8JsonWriter json, JsonElement schema)
    {
        if (Try(schema, "p") is not null)
        {
            schema.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var type)
            && type.ValueKind == JsonValueKind.String && type.GetString() is not ("object" or "array"))
            json.WriteString("type", type.GetString());
        json.WriteEndObject();
    }
}
