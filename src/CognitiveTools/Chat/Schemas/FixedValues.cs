using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CognitiveTools.Chat.Schemas;

/// <summary>Writes values of <c>const</c> and <c>enum</c>, and reads the numbers of keywords.</summary>
internal static class FixedValues
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A string as JSON; only characters that must be escaped are.</summary>
    public static string Json(string text) => $"\"{JsonEncodedText.Encode(text, Relaxed.Encoder)}\"";

    /// <summary>A value as JSON without white space; a whole number has no fraction and no exponent.</summary>
    public static string Json(JsonElement value)
    {
        if (Whole(value) is { } whole)
            return whole.ToString(CultureInfo.InvariantCulture);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Relaxed))
            value.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A number that is whole, however it is written: 2, 2.0 and 2e0 are one number in JSON.</summary>
    /// <returns><see langword="null"/> for anything else, and for numbers beyond 64 bits.</returns>
    public static long? Whole(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number)
            return null;
        if (value.TryGetInt64(out var whole))
            return whole;
        return value.TryGetDecimal(out var number) && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue
            ? (long)number
            : null;
    }

    /// <summary>Whether a value has a type of JSON Schema.</summary>
    public static bool IsOf(JsonElement value, string? type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => Whole(value) is not null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => false,
    };
}
