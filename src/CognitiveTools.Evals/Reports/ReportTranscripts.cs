using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Reports;

/// <summary>
/// The transcripts of a run as the page carries them: one gzipped block per problem, keyed by arm index and sample, so
/// that a page of 20,000 units opens without reading them.
/// </summary>
internal sealed class ReportTranscripts
{
    // Past this size a page becomes unwieldy; problems beyond it say that their transcripts are in the run folder.
    private const int LargestTotal = 48 * 1024 * 1024;

    private ReportTranscripts(string blocks, IReadOnlyDictionary<string, string> questions) =>
        (Blocks, Questions) = (blocks, questions);

    /// <summary>Script elements, one per problem.</summary>
    public string Blocks { get; }

    /// <summary>Problem texts by id, as far as transcripts exist.</summary>
    public IReadOnlyDictionary<string, string> Questions { get; }

    /// <param name="run">The run.</param>
    /// <param name="arms">Index of each arm in the page's table.</param>
    public static ReportTranscripts Read(RunResult run, IReadOnlyDictionary<string, int> arms)
    {
        var units = run.Units.ToLookup(u => u.Problem, StringComparer.Ordinal);
        var questions = new Dictionary<string, string>(StringComparer.Ordinal);
        var blocks = new StringBuilder();
        for (var p = 0; p < run.Header.ProblemIds.Count; p++)
        {
            var id = run.Header.ProblemIds[p];
            var block = Block(run.Directory, units[id], arms, out var question);
            if (question is not null)
                questions[id] = question;
            if (block.Length > 0 && blocks.Length + block.Length <= LargestTotal)
                blocks.Append($"<script type=\"text/plain\" id=\"t{p}\">").Append(block).Append("</script>\n");
        }

        return new ReportTranscripts(blocks.ToString(), questions);
    }

    private static string Block(string directory, IEnumerable<UnitRecord> units, IReadOnlyDictionary<string, int> arms, out string? question)
    {
        question = null;
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var json = new Utf8JsonWriter(zip))
        {
            json.WriteStartObject();
            foreach (var unit in units)
            {
                if (Load(directory, unit) is not { } document)
                    continue;
                using (document)
                {
                    question ??= document.RootElement.GetProperty("question").GetString();
                    json.WritePropertyName($"{arms[unit.Arm]}.{unit.Sample}");
                    document.RootElement.GetProperty("reasoning").WriteTo(json);
                }
            }

            json.WriteEndObject();
        }

        return question is null ? "" : Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    // A transcript that a power cut tore is left out of the page; the record of the unit stands.
    private static JsonDocument? Load(string directory, UnitRecord unit)
    {
        var path = unit.Transcript is null ? null : Path.Combine(TranscriptStore.Folder(directory), unit.Transcript + ".json");
        if (path is null || !File.Exists(path))
            return null;
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
