using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Evals.Summaries;

/// <summary>A summary as JSON. What cannot be estimated is null.</summary>
public static class SummaryJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Renders the summary.</summary>
    public static string Render(Summary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("suite", summary.Suite);
            json.WriteString("directory", summary.Directory);
            json.WriteNumber("finished", summary.Finished);
            json.WriteNumber("planned", summary.Planned);
            json.WriteNumber("samples", summary.Samples);
            json.WriteString("baseline", summary.Baseline);
            json.WriteStartArray("arms");
            foreach (var arm in summary.Arms)
                Write(json, arm);
            json.WriteEndArray();
            WriteTexts(json, "warnings", summary.Warnings);
            WriteTexts(json, "power", summary.Power);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, ArmSummary arm)
    {
        json.WriteStartObject();
        json.WriteString("arm", arm.Name);
        json.WriteString("reasoner", arm.Reasoner);
        json.WriteString("control_of", arm.ControlOf);
        json.WriteNumber("units", arm.Units);
        json.WriteNumber("problems", arm.Problems);
        Number(json, "accuracy", arm.Accuracy?.Mean);
        Number(json, "standard_error_questions", arm.Accuracy?.StandardError);
        Number(json, "standard_error_sampling", arm.SamplingError);
        Write(json, arm.Accuracy?.Interval);
        json.WriteString("interval_method", arm.Accuracy?.Method);
        json.WriteNumber("correct", arm.Correct);
        json.WriteNumber("incorrect", arm.Incorrect);
        json.WriteNumber("no_answer", arm.NoAnswer);
        json.WriteNumber("truncated", arm.Truncated);
        json.WriteNumber("errors", arm.Errors);
        json.WriteNumber("conflicts", arm.Conflicts);
        json.WriteNumber("gold_seen_unextracted", arm.GoldSeenUnextracted);
        Number(json, "median_positions", arm.MedianPositions);
        Number(json, "median_visible_tokens", arm.MedianVisibleTokens);
        Number(json, "median_seconds", arm.MedianSeconds);
        if (arm.Comparison is { } comparison)
        {
            json.WriteStartObject("comparison");
            json.WriteString("against", comparison.Against);
            json.WriteNumber("problems", comparison.Difference.Problems);
            Number(json, "difference", comparison.Difference.Mean);
            Number(json, "standard_error", comparison.Difference.StandardError);
            Write(json, comparison.Difference.Interval);
            json.WriteNumber("better", comparison.Difference.Better);
            json.WriteNumber("worse", comparison.Difference.Worse);
            Number(json, "p", comparison.Difference.Test.P);
            json.WriteString("test", comparison.Difference.Test.Method);
            Number(json, "p_holm", comparison.AdjustedP);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Interval? interval)
    {
        Number(json, "low", interval?.Low);
        Number(json, "high", interval?.High);
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
