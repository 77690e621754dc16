using System.Text.Json;
using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Evals.Comparisons;

/// <summary>A comparison as JSON. What cannot be estimated is null.</summary>
public static class ComparisonJson
{
    /// <summary>Renders the comparison.</summary>
    public static string Render(RunComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return SummaryJson.Document(json =>
        {
            json.WriteStartArray("pairs");
            foreach (var row in comparison.Rows)
                Write(json, row);
            json.WriteEndArray();
            SummaryJson.WriteTexts(json, "warnings", comparison.Warnings);
        });
    }

    private static void Write(Utf8JsonWriter json, ComparedArms row)
    {
        json.WriteStartObject();
        json.WriteString("first", row.First);
        json.WriteString("second", row.Second);
        SummaryJson.Number(json, "first_accuracy", row.FirstAccuracy);
        SummaryJson.Number(json, "second_accuracy", row.SecondAccuracy);
        SummaryJson.Number(json, "first_median_positions", row.FirstPositions);
        SummaryJson.Number(json, "second_median_positions", row.SecondPositions);
        SummaryJson.Write(json, row.Difference);
        SummaryJson.Number(json, "p_holm", row.AdjustedP);
        json.WriteNumber("left_out", row.LeftOut);
        SummaryJson.WriteTexts(json, "gained", row.Gained);
        SummaryJson.WriteTexts(json, "lost", row.Lost);
        json.WriteEndObject();
    }
}
