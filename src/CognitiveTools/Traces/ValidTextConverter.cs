using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CognitiveTools.Traces;

/// <summary>
/// Writes text as valid Unicode: half a surrogate pair, with which a cut token may end, becomes the replacement character,
/// where the writer alone would throw.
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
