using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CognitiveTools.Traces;

/// <summary>
/// Writes text as valid Unicode: half a surrogate pair, which a cut token
/// may leave, becomes the replacement character instead of an exception.
/// </summary>
internal sealed class ValidTextConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(Encoding.UTF8.GetBytes(value));
    }

    /// <inheritdoc/>
    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString()!;

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(Encoding.UTF8.GetBytes(value));
    }
}
