using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitiveTools.OpenAI.Answers;

/// <summary>Reads values from JSON whatever type a server gave them.</summary>
internal static class JsonValues
{
    /// <summary>A member of an object; <see langword="null"/> when there is none or the value is no object.</summary>
    public static JsonNode? Member(this JsonNode? node, string name) =>
        node is JsonObject map && map.TryGetPropertyValue(name, out var value) ? value : null;

    /// <summary>The first member that is there and not null.</summary>
    public static JsonNode? Member(this JsonNode? node, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (node.Member(name) is { } value)
                return value;
        }

        return null;
    }

    /// <summary>
    /// The value's text: a string's, a number's, or that of the parts of a list; <see langword="null"/> for null and for objects
    /// without text.
    /// </summary>
    public static string? Text(this JsonNode? node) => node switch
    {
        null => null,
        JsonArray parts => parts.Select(Text).OfType<string>().ToList() is { Count: > 0 } texts ? string.Concat(texts) : null,
        JsonObject part => part.Member("text", "content", "thinking", "summary").Text(),
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => node.ToJsonString(),
    };

    /// <summary>A whole number that is not negative, also one written as a text or with a fraction of zero.</summary>
    public static int? Count(this JsonNode? node)
    {
        if (node is not JsonValue value || value.GetValueKind() is not (JsonValueKind.Number or JsonValueKind.String))
            return null;
        return double.TryParse(value.Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number is >= 0 and <= int.MaxValue && Math.Floor(number) == number
            ? (int)number
            : null;
    }
}
