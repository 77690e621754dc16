using System.Text.Json;
using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Evals.Reports;

/// <summary>The tables of a report: arms and breakdowns. What cannot be estimated is null.</summary>
internal static class ReportTables
{
    public static void WriteArms(Utf8JsonWriter json, ReportSource source)
    {
        json.WriteStartArray("arms");
        foreach (var arm in source.Summary.Arms)
            WriteArm(json, arm, source);
        json.WriteEndArray();
    }

    public static void WriteGroups(Utf8JsonWriter json, ReportSource source)
    {
        json.WriteStartArray("groups");
        foreach (var breakdown in Breakdown.Of(source))
        {
            json.WriteStartObject();
            json.WriteString("by", breakdown.By);
            json.WriteString("note", breakdown.Note);
            json.WriteStartArray("rows");
            foreach (var row in breakdown.Rows)
            {
                json.WriteStartObject();
                json.WriteString("name", row.Name);
                json.WriteNumber("problems", row.Problems);
                json.WriteStartArray("arms");
                foreach (var cell in row.Arms)
                {
                    if (cell is null)
                    {
                        json.WriteNullValue();
                        continue;
                    }

                    json.WriteStartArray();
                    foreach (var value in (ReadOnlySpan<double>)[cell.Mean, .. cell.Interval is { } i ? (double[])[i.Low, i.High] : []])
                        json.WriteNumberValue(Math.Round(value, 5));
                    json.WriteEndArray();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteArm(Utf8JsonWriter json, ArmSummary arm, ReportSource source)
    {
        json.WriteStartObject();
        json.WriteString("name", arm.Name);
        json.WriteString("spec", arm.Reasoner);
        json.WriteString("model", source.Run.Header.Suite.Arms.First(a => a.Name == arm.Name).Model);
        Index(json, "controlOf", arm.ControlOf, source.ArmIndex);
        json.WriteNumber("depth", Depth(arm, source.Summary));
        Number(json, "accuracy", arm.Accuracy?.Mean);
        Number(json, "low", arm.Accuracy?.Interval?.Low ?? arm.Accuracy?.Mean);
        Number(json, "high", arm.Accuracy?.Interval?.High ?? arm.Accuracy?.Mean);
        json.WriteString("method", arm.Accuracy?.Method);
        Number(json, "samplingError", arm.SamplingError);
        if (arm.Comparison is { } comparison)
        {
            json.WriteStartObject("comparison");
            json.WriteString("against", comparison.Against);
            Number(json, "difference", comparison.Difference.Mean);
            Number(json, "low", comparison.Difference.Interval?.Low);
            Number(json, "high", comparison.Difference.Interval?.High);
            Number(json, "p", comparison.Difference.Test.P);
            json.WriteString("test", comparison.Difference.Test.Method);
            Number(json, "holm", comparison.AdjustedP);
            json.WriteEndObject();
        }

        Number(json, "positions", arm.MedianPositions);
        Number(json, "visible", arm.MedianVisibleTokens);
        Number(json, "seconds", arm.MedianSeconds);
        json.WriteNumber("units", arm.Units);
        json.WriteNumber("truncated", arm.Truncated);
        json.WriteNumber("noAnswer", arm.NoAnswer);
        json.WriteNumber("errors", arm.Errors);
        json.WriteNumber("conflicts", arm.Conflicts);
        json.WriteEndObject();
    }

    // How deep a control stands under its arm; a control may have controls.
    private static int Depth(ArmSummary arm, Summary summary)
    {
        var depth = 0;
        for (var at = arm; at?.ControlOf is { } parent && depth < summary.Arms.Count; depth++)
            at = summary.Arms.FirstOrDefault(a => a.Name == parent);
        return depth;
    }

    private static void Index(Utf8JsonWriter json, string name, string? arm, IReadOnlyDictionary<string, int> arms)
    {
        if (arm is not null && arms.TryGetValue(arm, out var index))
            json.WriteNumber(name, index);
        else
            json.WriteNull(name);
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
