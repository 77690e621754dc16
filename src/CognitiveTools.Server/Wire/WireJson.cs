using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CognitiveTools.Traces;

namespace CognitiveTools.Server.Wire;

/// <summary>The protocol's JSON: snake case, and nothing where there is nothing.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Completion))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelItem))]
[JsonSerializable(typeof(Health))]
internal sealed partial class WireJson : JsonSerializerContext;

/// <summary>The protocol's JSON as it is written: always valid Unicode.</summary>
internal static class WireWriter
{
    public static WireJson Json { get; } = new(new JsonSerializerOptions(WireJson.Default.Options)
    {
        Converters = { new ValidTextConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // data for programs, never HTML
    });
}
