using System.Text.Json;
using System.Text.Json.Serialization;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Suites;

/// <summary>A reasoner in its short form.</summary>
internal sealed class ReasonerSpecConverter : JsonConverter<ReasonerSpec>
{
    public override ReasonerSpec Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return ReasonerSpec.Parse(reader.GetString()!);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    public override void Write(Utf8JsonWriter writer, ReasonerSpec value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
