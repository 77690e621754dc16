using System.Text.Json;
using System.Text.Json.Serialization;

namespace CognitiveTools.Models.Discovery;

/// <summary>What Ollama stores about a model: its files ("layers") by kind.</summary>
internal sealed record OllamaManifest(IReadOnlyList<OllamaLayer>? Layers);

/// <summary>One file of a model in Ollama's store.</summary>
/// <param name="MediaType">Its kind, for instance <c>application/vnd.ollama.image.model</c>.</param>
/// <param name="Digest"><c>sha256:</c> and 64 hexadecimal digits.</param>
internal sealed record OllamaLayer(string? MediaType, string? Digest);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OllamaManifest))]
internal sealed partial class OllamaJson : JsonSerializerContext;
