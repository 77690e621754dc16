using System.Text.Json.Serialization;
using CognitiveTools.Evals.Exchanges;
using CognitiveTools.Identity;

namespace CognitiveTools.Evals.Runs;

/// <summary>JSON of the log's files; use it through <see cref="RunFormat"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunHeader))]
[JsonSerializable(typeof(RunFacts))]
[JsonSerializable(typeof(ReasonerIdentity))]
[JsonSerializable(typeof(UnitRecord))]
[JsonSerializable(typeof(RunWriter))]
[JsonSerializable(typeof(RunActivity))]
[JsonSerializable(typeof(IReadOnlyList<UnitActivity>))]
[JsonSerializable(typeof(IReadOnlyList<Exchange>))]
internal sealed partial class RunJson : JsonSerializerContext;
