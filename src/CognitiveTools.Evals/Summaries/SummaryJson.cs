using System.Text.Json;
using System.Text.Json.Serialization;

namespace CognitiveTools.Evals.Summaries;

/// <summary>A summary as JSON. What cannot be estimated is null.</summary>
internal static class SummaryJson
{
    private static readonly JsonSerializerOptions Options = FigureJson.Options(SummaryTypes.Default);

    /// <summary>Renders the summary.</summary>
    public static string Render(Summary summary) => FigureJson.Render(summary, Options);
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Summary))]
internal sealed partial class SummaryTypes : JsonSerializerContext;
