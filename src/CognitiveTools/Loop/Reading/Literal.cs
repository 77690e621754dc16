using System.Text.Encodings.Web;
using System.Text.Json;

namespace CognitiveTools.Loop.Reading;

/// <summary>A value that a model wrote in a call, read as text and never evaluated.</summary>
internal abstract record Literal
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The value as a tool's prompt shows it: texts as they are, lists and maps as compact JSON; null as nothing.</summary>
    public string? ToText()
    {
        switch (this)
        {
            case TextLiteral text:
                return text.Value;
            case BareLiteral { Source: "null" or "None" }:
                return null;
            case BareLiteral bare:
                return bare.Source;
            default:
                using (var buffer = new MemoryStream())
                {
                    using (var json = new Utf8JsonWriter(buffer, Compact))
                        Write(json);
                    return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
                }
        }
    }

    private void Write(Utf8JsonWriter json)
    {
        switch (this)
        {
            case ListLiteral list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                    item.Write(json);
                json.WriteEndArray();
                break;
            case MapLiteral map:
                json.WriteStartObject();
                foreach (var (key, value) in map.Entries)
                {
                    json.WritePropertyName(key);
                    value.Write(json);
                }

                json.WriteEndObject();
                break;
            case BareLiteral { Source: "null" or "None" }:
                json.WriteNullValue();
                break;
            case BareLiteral { Source: "true" or "True" }:
                json.WriteBooleanValue(value: true);
                break;
            case BareLiteral { Source: "false" or "False" }:
                json.WriteBooleanValue(value: false);
                break;
            case var other:
                json.WriteStringValue(other.ToText());
                break;
        }
    }
}

/// <summary>A quoted text.</summary>
internal sealed record TextLiteral(string Value) : Literal;

/// <summary>A number, a fraction, or one of true, false and null, as written.</summary>
internal sealed record BareLiteral(string Source) : Literal;

/// <summary>A list, tuple or set.</summary>
internal sealed record ListLiteral(IReadOnlyList<Literal> Items) : Literal;

/// <summary>A dictionary or JSON object, in the order written.</summary>
internal sealed record MapLiteral(IReadOnlyList<(string Key, Literal Value)> Entries) : Literal
{
    public Literal? Find(params ReadOnlySpan<string> keys)
    {
        foreach (var (key, value) in Entries)
        {
            if (keys.Contains(key))
                return value;
        }

        return null;
    }
}
