using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Evals.Reports;

/// <summary>The figures of a run as the page's script reads them.</summary>
internal static class ReportData
{
    public static string Write(
        RunResult run, Summary summary, IReadOnlyDictionary<string, int> arms, ReportTranscripts transcripts, IReadOnlyDictionary<string, string> topics)
    {
        var buffer = new ArrayBufferWriter<byte>();

        // The default encoder escapes '<', so no problem text can close the script element that carries the data.
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteRun(json, run.Header);
            json.WriteString("baseline", summary.Baseline);
            WriteStrings(json, "warnings", summary.Warnings);
            json.WriteString("power", string.Join(" ", summary.Power));
            WriteArms(json, summary);
            WriteProblems(json, run, transcripts, topics);
            WriteUnits(json, run, arms);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteRun(Utf8JsonWriter json, RunHeader header)
    {
        json.WriteStartObject("run");
        json.WriteString("name", header.Suite.Name);
        json.WriteString("id", header.Id);
        json.WriteString("started", header.Sessions.Count == 0 ? "" : header.Sessions[0].ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));
        json.WriteStartObject("facts");
        foreach (var (key, value) in header.Model)
            json.WriteString("model: " + key, value);
        foreach (var (key, value) in header.Host)
            json.WriteString("host: " + key, value);
        var suite = header.Suite;
        json.WriteString("problems", $"{suite.Problems ?? "given by the host"} (hash {header.ProblemsHash[..16]})");
        json.WriteString("sampling", FormattableString.Invariant($"{suite.Samples} per problem and arm, temperature {suite.Temperature}, seed {suite.Seed}"));
        json.WriteString("budget", $"{suite.Budget.Positions} positions, {suite.Budget.TokensPerTurn} tokens a turn, {suite.Budget.ToolCalls} tool calls, {suite.Budget.CallsPerTool} of one tool");
        json.WriteString("answers", $"{suite.Answers}, rules version {suite.AnswersVersion}");
        json.WriteString("toolkit", header.Toolkit);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteArms(Utf8JsonWriter json, Summary summary)
    {
        json.WriteStartArray("arms");
        foreach (var arm in summary.Arms)
        {
            var accuracy = arm.Accuracy?.Mean ?? 0;
            json.WriteStartObject();
            json.WriteString("name", arm.Name);
            json.WriteString("spec", arm.Reasoner);
            json.WriteString("controlOf", arm.ControlOf);
            json.WriteNumber("accuracy", accuracy);
            json.WriteNumber("low", arm.Accuracy?.Interval?.Low ?? accuracy);
            json.WriteNumber("high", arm.Accuracy?.Interval?.High ?? accuracy);
            json.WriteString("comparedWith", arm.Comparison?.Against);
            WriteNumber(json, "difference", arm.Comparison?.Difference.Mean);
            WriteNumber(json, "p", arm.Comparison?.Difference.Test.P);
            WriteNumber(json, "holm", arm.Comparison?.AdjustedP);
            WriteNumber(json, "positions", arm.MedianPositions);
            WriteNumber(json, "visible", arm.MedianVisibleTokens);
            json.WriteNumber("seconds", double.IsFinite(arm.MedianSeconds) ? arm.MedianSeconds : 0);
            json.WriteNumber("truncated", arm.Truncated);
            json.WriteNumber("noAnswer", arm.NoAnswer);
            json.WriteNumber("errors", arm.Errors);
            json.WriteNumber("units", arm.Units);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteProblems(Utf8JsonWriter json, RunResult run, ReportTranscripts transcripts, IReadOnlyDictionary<string, string> topics)
    {
        var gold = run.Units.DistinctBy(u => u.Problem).ToDictionary(u => u.Problem, u => u.Gold, StringComparer.Ordinal);
        json.WriteStartArray("problems");
        foreach (var id in run.Header.ProblemIds)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("topic", topics.GetValueOrDefault(id));
            json.WriteString("text", transcripts.Questions.GetValueOrDefault(id, ""));
            json.WriteString("answer", gold.GetValueOrDefault(id, ""));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Arrays, not objects: at 20,000 units the names alone would be megabytes. The script names the columns.
    private static void WriteUnits(Utf8JsonWriter json, RunResult run, IReadOnlyDictionary<string, int> arms)
    {
        var problems = run.Header.ProblemIds.Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i, StringComparer.Ordinal);
        json.WriteStartArray("units");
        foreach (var unit in run.Units)
        {
            json.WriteStartArray();
            json.WriteNumberValue(problems[unit.Problem]);
            json.WriteNumberValue(arms[unit.Arm]);
            json.WriteNumberValue(unit.Sample);
            json.WriteNumberValue((int)unit.Status);
            json.WriteStringValue(unit.Answer);
            json.WriteNumberValue(unit.Usage.Positions);
            json.WriteNumberValue(unit.Usage.Generated);
            json.WriteNumberValue(Math.Round(unit.Ms / 1000, 3));
            json.WriteStringValue(Flags(unit));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static string Flags(UnitRecord unit)
    {
        List<string> flags = [.. unit.LimitsHit.Select(l => "limit " + l)];
        if (unit.Conflict)
            flags.Add("answers conflict");
        if (unit.GoldSeenUnextracted)
            flags.Add("gold seen, not extracted");
        if (unit.CutAfterAnswer)
            flags.Add("cut after its answer");
        if (unit.ComparedAsText)
            flags.Add("compared as text only");
        if (unit.CountLooksLikeLimit)
            flags.Add("token count looks like a limit");
        if (unit.Error is { } error)
            flags.Add("error: " + error);
        return string.Join("; ", flags);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
