using System.Text.Json;
using CognitiveTools.Text;

namespace CognitiveTools.Loop.Reading;

/// <summary>A value that a model wrote in a call, read as text and never evaluated.</summary>
internal abstract record Literal
{
    /// <summary>
    /// The value as a tool's prompt shows it: texts as they are, lists and maps as compact JSON; <see langword="null"/> for null.
    /// </summary>
    public string? ToText() => this switch
    {
        TextLiteral text => text.Value,
        BareLiteral { Source: "null" or "None" } => null,
        BareLiteral bare => bare.Source,
        _ => JsonText.Write(Write),
    };

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
