using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
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
        var model = ModelOf(run.Header, summary.Baseline);
        json.WriteStartObject();
        json.WriteStartObject("run");
        json.WriteString("name", run.Header.Suite.Name);
        json.WriteString("id", run.Header.Id);
        json.WriteString("started", run.Header.Sessions is [var started, ..] ? Minute(started) : "");
        json.WriteString("model", model);
        json.WriteString("problems", Path.GetFileName(run.Header.Suite.Problems));
        json.WriteNumber("planned", run.Header.Planned);
        json.WriteEndObject();
        json.WriteString("finding", Finding.Of(summary, model, run.Header.Suite.Problems));
        json.WriteNumber("samples", summary.Samples);
        json.WriteNumber("baseline", source.ArmIndex.GetValueOrDefault(summary.Baseline));
        ReportColumns.Texts(json, "warnings", summary.Warnings);
        ReportColumns.Texts(json, "contamination", Contamination.Notes(source.Problems));
        ReportColumns.Texts(json, "power", summary.Power);
        Node(json, "terms", new JsonArray([.. Glossary.Entries.Select(static entry => new JsonArray(entry.Term, entry.Meaning))]));
        Node(json, "facts", Facts(run.Header));
        Node(json, "arms", ReportTables.Arms(source));
        Node(json, "curves", ReportTables.Curves(source));
        Published(json, PublishedTable.From(summary));
        Node(json, "groups", ReportTables.Groups(source));
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

    private static void Published(Utf8JsonWriter json, PublishedTable table)
    {
        json.WriteStartObject("published");
        ReportColumns.Texts(json, "columns", table.Columns);
        Node(json, "rows", new JsonArray([.. table.Rows.Select(row => new JsonArray([.. row.Select(cell => (JsonNode?)cell)]))]));
        ReportColumns.Texts(json, "notes", [PublishedTable.Caption, .. table.Sources]);
        json.WriteEndObject();
    }

    private static void Node(Utf8JsonWriter json, string name, JsonArray array)
    {
        json.WritePropertyName(name);
        array.WriteTo(json);
    }

    /// <summary>The model's name. A suite may leave the model to the settings; what ran is in the facts.</summary>
    internal static string? ModelOf(RunHeader header, string baseline) =>
        header.Suite.Arms.FirstOrDefault(arm => arm.Name == baseline)?.Model
            ?? header.Suite.Model ?? (header.Facts?.Of(baseline) is { Models: [var model, ..] } ? model.Name : header.ModelName);

    /// <summary>A time to the minute.</summary>
    internal static string Minute(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    // The default encoder escapes '<', so no text can close the script element that carries the data.
    private static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static JsonArray Facts(RunHeader header)
    {
        var suite = header.Suite;
        var facts = new JsonArray();
        foreach (var (key, value) in FactList.Of(header))
            Pair(key, value);
        foreach (var (key, value) in header.Host)
            Pair("host: " + key, value);
        var hash = header.ProblemsHash[..Math.Min(16, header.ProblemsHash.Length)];
        Pair("problems", $"{suite.Problems ?? "given by the host"} (hash {hash})");
        Pair("sampling", FormattableString.Invariant(
            $"{suite.Samples} per problem and arm, temperature {suite.TemperatureText}, seed {suite.Seed}"));
        Pair(
            "budget",
            $"{suite.Budget.Positions} positions, {suite.Budget.TokensPerTurn} tokens a turn, {suite.Budget.ThoughtTokens} thought tokens, "
            + $"{suite.Budget.ToolCalls} tool calls, {suite.Budget.CallsPerTool} of one tool");
        Pair("answers", $"{suite.Answers.Name}, rules version {suite.AnswersVersion}");
        Pair("toolkit", header.Toolkit);
        foreach (var arm in suite.Arms.Where(a => a.Reasoner.ToString() != a.Name))
            Pair("arm: " + arm.Name, arm.Reasoner.ToString());
        return facts;

        void Pair(string key, string value) => facts.Add(new JsonArray(key, value));
    }

    private static void WriteTranscripts(Utf8JsonWriter json, ReportSource source, ReportTranscripts transcripts, ReportOptions options)
    {
        var stored = source.Run.Units.Count(u => u.Transcript is not null);
        var more = Math.Max(64, 4 * (options.TranscriptBytes >> 20));
        var command = FormattableString.Invariant($"cogtools run report <run folder> --transcripts {more}");
        json.WriteStartObject("transcripts");
        json.WriteString("command", command);
        json.WriteBoolean("complete", transcripts.Embedded == stored);
        json.WriteString("note", transcripts.Embedded == stored
            ? FormattableString.Invariant($"All {stored:N0} transcripts are in this page.")
            : FormattableString.Invariant($"{transcripts.Embedded:N0} of {stored:N0} transcripts are in this page: ")
                + "the first sample of every problem before the second, problems on which the arms disagree before others, "
                + FormattableString.Invariant($"up to {options.TranscriptBytes / 1048576.0:0.#} MiB. ")
                + $"The others are files in the run's folder, which each sample names; `{command}` puts more of them into the page. "
                + "Files that are missing or damaged cannot be shown.");
        Node(json, "blocks", new JsonArray(
            [.. transcripts.Blocks.Select(block => new JsonArray(block.Problem, block.Sample, block.Start, block.Length))]));
        json.WriteEndObject();
    }
}
