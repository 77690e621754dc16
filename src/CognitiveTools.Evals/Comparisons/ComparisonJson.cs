using System.Text.Json;
using System.Text.Json.Serialization;
using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Evals.Comparisons;

/// <summary>A comparison as JSON. What cannot be estimated is null.</summary>
internal static class ComparisonJson
{
    private static readonly JsonSerializerOptions Options = FigureJson.Options(ComparisonTypes.Default);

    /// <summary>Renders the comparison.</summary>
    public static string Render(RunComparison comparison) => FigureJson.Render(comparison, Options);
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(RunComparison))]
[JsonSerializable(typeof(double?))]
internal sealed partial class ComparisonTypes : JsonSerializerContext;
