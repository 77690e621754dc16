using System.Text.Json.Serialization;

namespace CognitiveTools.Onnx.Models;

/// <summary>The manifests as JSON.</summary>
[JsonSerializable(typeof(GramManifest))]
[JsonSerializable(typeof(RecurrentManifest))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
internal sealed partial class ManifestJson : JsonSerializerContext;
