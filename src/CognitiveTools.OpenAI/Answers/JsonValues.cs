using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitiveTools.OpenAI.Answers;

/// <summary>Reads JSON values of any type that a server may use.</summary>
internal static class JsonValues
{
    /// <summary>
    /// Reads a body that may be anything. All access to its JSON must be in <paramref name="read"/>, because some errors show late.
    /// </summary>
    /// <returns>
    /// <see langword="null"/> when the body is not JSON, or <paramref name="read"/> met a duplicate key or half a surrogate.
    /// </returns>
    public static T? ReadAny<T>(string body, Func<JsonNode?, T?> read)
        where T : class
    {
        try
        {
            return read(JsonNode.Parse(body));
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A member of an object; <see langword="null"/> when it is missing or the value is not an object.</summary>
    public static JsonNode? Member(this JsonNode? node, string name) =>
        node is JsonObject map && map.TryGetPropertyValue(name, out var value) ? value : null;

    /// <summary>The first member that exists and is not null.</summary>
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

    /// <summary>A whole number that is not negative, also as text or with a zero fraction.</summary>
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
