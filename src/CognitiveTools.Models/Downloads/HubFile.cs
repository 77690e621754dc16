using System.Text.Json.Serialization;

namespace CognitiveTools.Models.Downloads;

/// <summary>An entry of Hugging Face's list of a repository's files.</summary>
/// <param name="Type"><c>file</c> or <c>directory</c>.</param>
/// <param name="Path">Its path in the repository.</param>
/// <param name="Size">Its length in bytes.</param>
internal sealed record HubFile(string? Type, string? Path, long Size);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<HubFile>))]
internal sealed partial class HubJson : JsonSerializerContext;
