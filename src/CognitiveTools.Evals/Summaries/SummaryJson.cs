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
        return Document(json =>
        {
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
            json.WriteStartArray("tools");
            foreach (var tool in summary.Tools)
                Write(json, tool);
            json.WriteEndArray();
            json.WriteStartArray("branches");
            foreach (var branches in summary.Branches)
                Write(json, branches);
            json.WriteEndArray();
            json.WriteStartArray("agreements");
            foreach (var agreement in summary.Agreements)
                Write(json, agreement);
            json.WriteEndArray();
            json.WriteStartArray("at_equal_cost");
            foreach (var equal in summary.AtEqualCost)
                Write(json, equal);
            json.WriteEndArray();
            WriteTexts(json, "warnings", summary.Warnings);
            WriteTexts(json, "power", summary.Power);
        });
    }

    /// <summary>An indented document of version 1; the action writes the members behind the version.</summary>
    internal static string Document(Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            writeMembers(json);
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
        Number(json, "standard_error_clusters", arm.ClusteredError);
        Write(json, arm.Accuracy?.Interval);
        json.WriteString("interval_method", arm.Accuracy?.Method);
        json.WriteNumber("correct", arm.Correct);
        json.WriteNumber("incorrect", arm.Incorrect);
        json.WriteNumber("no_answer", arm.NoAnswer);
        json.WriteNumber("truncated", arm.Truncated);
        json.WriteNumber("errors", arm.Errors);
        json.WriteNumber("conflicts", arm.Conflicts);
        json.WriteNumber("gold_seen_unextracted", arm.GoldSeenUnextracted);
        json.WriteNumber("gold_concluded", arm.GoldConcluded);
        json.WriteNumber("missing", arm.Missing);
        json.WriteNumber("usage_unknown", arm.UsageUnknown);
        Number(json, "median_positions", arm.MedianPositions);
        Number(json, "median_visible_tokens", arm.MedianVisibleTokens);
        Number(json, "median_seconds", arm.MedianSeconds);
        json.WriteStartArray("sampled");
        foreach (var figures in arm.Sampled)
        {
            json.WriteStartObject();
            json.WriteNumber("k", figures.K);
            Number(json, "pass", figures.Pass);
            Number(json, "pass_all", figures.All);
            Number(json, "g_pass_half", figures.Half);
            Number(json, "maj", figures.Majority);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (arm.Comparison is { } comparison)
        {
            json.WriteStartObject("comparison");
            json.WriteString("against", comparison.Against);
            Write(json, comparison.Difference);
            Number(json, "standard_error_sampling", comparison.SamplingError);
            Number(json, "p_holm", comparison.AdjustedP);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ToolSummary tool)
    {
        json.WriteStartObject();
        json.WriteString("arm", tool.Arm);
        json.WriteString("tool", tool.Tool);
        foreach (var (name, count) in new[]
        {
            ("calls", tool.Calls), ("contract_kept", tool.Kept), ("contract_broken", tool.Broken), ("truncated", tool.Truncated), ("refused", tool.Refused),
            ("noted", tool.Noted), ("gold_in_output", tool.GoldSeen), ("right_right", tool.RightRight), ("right_wrong", tool.RightWrong),
            ("wrong_right", tool.WrongRight), ("wrong_wrong", tool.WrongWrong), ("wrong_rejected", tool.WrongRejected), ("wrong_accepted", tool.WrongAccepted),
            ("right_rejected", tool.RightRejected), ("right_accepted", tool.RightAccepted),
        })
        {
            json.WriteNumber(name, count);
        }

        Number(json, "verdict_precision", tool.Precision);
        Number(json, "verdict_recall", tool.Recall);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, BranchSummary branches)
    {
        json.WriteStartObject();
        json.WriteString("arm", branches.Arm);
        Number(json, "n", branches.Branches);
        Number(json, "coverage", branches.Coverage);
        Number(json, "selected", branches.Selected);
        Number(json, "mean", branches.Mean);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AgreementSummary agreement)
    {
        json.WriteStartObject();
        json.WriteString("arm", agreement.Arm);
        json.WriteNumber("units", agreement.Units);
        Number(json, "identical", agreement.Identical);
        Number(json, "spread", agreement.Spread);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, EqualCost equal)
    {
        json.WriteStartObject();
        json.WriteString("arm", equal.Arm);
        Number(json, "positions", equal.Positions);
        json.WriteNumber("k", equal.K);
        Number(json, "baseline_positions", equal.BaselinePositions);
        json.WriteNumber("affordable", equal.Affordable);
        Write(json, equal.Difference);
        json.WriteEndObject();
    }

    /// <summary>The members of a difference, into the object that is open.</summary>
    internal static void Write(Utf8JsonWriter json, PairedDifference difference)
    {
        json.WriteNumber("problems", difference.Problems);
        Number(json, "difference", difference.Mean);
        Number(json, "standard_error", difference.StandardError);
        Write(json, difference.Interval);
        json.WriteNumber("better", difference.Better);
        json.WriteNumber("worse", difference.Worse);
        Number(json, "p", difference.Test.P);
        json.WriteString("test", difference.Test.Method);
    }

    private static void Write(Utf8JsonWriter json, Interval? interval)
    {
        Number(json, "low", interval?.Low);
        Number(json, "high", interval?.High);
    }

    internal static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    internal static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
