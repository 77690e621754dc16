using System.Text.Json;
using System.Text.Json.Serialization;
using CognitiveTools.Files;

namespace CognitiveTools.Evals.Runs;

/// <summary>A limit of time as seconds.</summary>
internal sealed class SecondsConverter : JsonConverter<TimeSpan?>
{
    public override TimeSpan? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? null
        : reader.GetDouble() is >= 0 and <= YamlMap.MostSeconds and var seconds ? TimeSpan.FromSeconds(seconds)
        : throw new JsonException($"The wall time of {reader.GetDouble()} seconds is one that no suite can set.");

    public override void Write(Utf8JsonWriter writer, TimeSpan? value, JsonSerializerOptions options)
    {
        if (value is { } time)
            writer.WriteNumberValue(time.TotalSeconds);
        else
            writer.WriteNullValue();
    }
}
