using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Evals.Reports;

/// <summary>
/// The figures of a run as the page's script reads them. Every statistic is computed here, by the code that computes it
/// for the terminal; the script only counts and draws.
/// </summary>
internal static class ReportData
{
    public static string Write(ReportSource source, ReportTranscripts transcripts, ReportOptions options) => Json(json =>
    {
        var (run, summary) = (source.Run, source.Summary);
        json.WriteStartObject();
        json.WriteStartObject("run");
        json.WriteString("name", run.Header.Suite.Name);
        json.WriteString("id", run.Header.Id);
        json.WriteString("started", run.Header.Sessions.Count == 0 ? "" : run.Header.Sessions[0].ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));
        json.WriteNumber("planned", run.Header.Planned);
        json.WriteEndObject();
        json.WriteNumber("samples", summary.Samples);
        json.WriteNumber("baseline", source.ArmIndex.GetValueOrDefault(summary.Baseline));
        Strings(json, "warnings", summary.Warnings);
        Strings(json, "contamination", Contamination.Notes(source.Problems));
        Strings(json, "power", summary.Power);
        WriteFacts(json, run.Header);
        json.WriteStartArray("arms");
        foreach (var arm in summary.Arms)
            WriteArm(json, arm, source);
        json.WriteEndArray();
        WriteGroups(json, source);
        ReportColumns.WriteProblems(json, source);
        ReportColumns.WriteUnits(json, source, transcripts);
        WriteTranscripts(json, source, transcripts, options);
        json.WriteEndObject();
    });

    /// <summary>The problem texts in order, null where the run does not hold one.</summary>
    public static string Texts(ReportSource source, ReportTranscripts transcripts) => Json(json =>
    {
        json.WriteStartArray();
        foreach (var (problem, i) in source.Problems.Select((p, i) => (p, i)))
            json.WriteStringValue(problem.Text.Length > 0 ? problem.Text : transcripts.Questions.GetValueOrDefault(i));
        json.WriteEndArray();
    });

    // The default encoder escapes '<', so no text can close the script element that carries the data.
    private static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteFacts(Utf8JsonWriter json, RunHeader header)
    {
        var suite = header.Suite;
        json.WriteStartArray("facts");
        foreach (var (key, value) in header.Model)
            Pair("model: " + key, value);
        foreach (var (key, value) in header.Host)
            Pair("host: " + key, value);
        Pair("problems", $"{suite.Problems ?? "given by the host"} (hash {header.ProblemsHash[..Math.Min(16, header.ProblemsHash.Length)]})");
        Pair("sampling", FormattableString.Invariant($"{suite.Samples} per problem and arm, temperature {suite.Temperature}, seed {suite.Seed}"));
        Pair("budget", $"{suite.Budget.Positions} positions, {suite.Budget.TokensPerTurn} tokens a turn, {suite.Budget.ToolCalls} tool calls, {suite.Budget.CallsPerTool} of one tool");
        Pair("answers", $"{suite.Answers}, rules version {suite.AnswersVersion}");
        Pair("toolkit", header.Toolkit);
        foreach (var arm in suite.Arms.Where(a => a.Reasoner != a.Name))
            Pair("arm: " + arm.Name, arm.Reasoner);
        json.WriteEndArray();

        void Pair(string key, string value)
        {
            json.WriteStartArray();
            json.WriteStringValue(key);
            json.WriteStringValue(value);
            json.WriteEndArray();
        }
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

    private static void WriteGroups(Utf8JsonWriter json, ReportSource source)
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

    private static void WriteTranscripts(Utf8JsonWriter json, ReportSource source, ReportTranscripts transcripts, ReportOptions options)
    {
        var stored = source.Run.Units.Count(u => u.Transcript is not null);
        var command = FormattableString.Invariant($"cogtools report <run folder> --transcripts {Math.Max(64, 4 * (options.TranscriptBytes >> 20))}");
        json.WriteStartObject("transcripts");
        json.WriteString("command", command);
        json.WriteBoolean("complete", transcripts.Embedded == stored);
        json.WriteString("note", transcripts.Embedded == stored
            ? FormattableString.Invariant($"All {stored:N0} transcripts are in this page.")
            : FormattableString.Invariant($"{transcripts.Embedded:N0} of {stored:N0} transcripts are in this page: the first sample of every problem before the second, problems on which the arms disagree before others, up to {options.TranscriptBytes / 1048576.0:0.#} MiB. The others are files in the run's folder, which each sample names; `{command}` puts more of them into the page. Files that are missing or damaged cannot be shown."));
        json.WriteStartArray("blocks");
        foreach (var block in transcripts.Blocks)
        {
            json.WriteStartArray();
            foreach (var value in (ReadOnlySpan<int>)[block.Problem, block.Sample, block.Start, block.Length])
                json.WriteNumberValue(value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
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

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
