using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Traces;

/// <summary>
/// A reasoning as JSON: the form in which traces are printed and logged. Steps have their type in <c>step</c> (<c>said</c>,
/// <c>called</c>, <c>thought</c>); reading returns an equal reasoning.
/// </summary>
public static class ReasoningJson
{
    private static readonly TraceJsonContext Compact = Context(indented: false);
    private static readonly TraceJsonContext Indented = Context(indented: true);

    /// <summary>Writes a reasoning.</summary>
    /// <param name="reasoning">The reasoning.</param>
    /// <param name="indented">Whether to indent for people.</param>
    public static string Write(Reasoning reasoning, bool indented = false) =>
        JsonSerializer.Serialize(reasoning, (indented ? Indented : Compact).Reasoning);

    /// <summary>Reads a reasoning.</summary>
    /// <exception cref="JsonException">The text is not a reasoning; the message names the place.</exception>
    public static Reasoning Read(string json) =>
        JsonSerializer.Deserialize(json, Compact.Reasoning)
        ?? throw new JsonException("The text is the JSON value null, not a reasoning.");

    // Problem texts often have <, > and quotes; the output is for files and terminals, never HTML.
    private static TraceJsonContext Context(bool indented) => new(new JsonSerializerOptions(TraceJsonContext.Default.Options)
    {
        WriteIndented = indented,
        Converters = { new ValidTextConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // a diverging latent loop has NaN norms, and its trace matters
    IgnoreReadOnlyProperties = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(Reasoning))]
internal sealed partial class TraceJsonContext : JsonSerializerContext;
