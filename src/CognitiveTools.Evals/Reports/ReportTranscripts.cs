using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Reports;

/// <summary>A block of packed transcripts, one sample of a problem under all arms: its place in the packed text, in characters.</summary>
internal sealed record TranscriptBlock(int Problem, int Sample, int Start, int Length);

/// <summary>
/// The transcripts that the page carries, packed block by block so that a page of 20,000 units opens without reading
/// them. Blocks go in by sample, problems on which the arms disagree first, until the size is reached.
/// </summary>
internal sealed class ReportTranscripts
{
    private readonly Dictionary<int, string> _questions = [];
    private readonly List<TranscriptBlock> _blocks = [];
    private readonly HashSet<UnitKey> _embedded = [];

    private ReportTranscripts()
    {
    }

    /// <summary>The blocks in one text: each deflated, then base64, which cannot close a script element.</summary>
    public string Packed { get; private set; } = "";

    public IReadOnlyList<TranscriptBlock> Blocks => _blocks;

    public int Embedded => _embedded.Count;

    /// <summary>Problem texts by index that the read transcripts hold, for runs stored without their problems.</summary>
    public IReadOnlyDictionary<int, string> Questions => _questions;

    /// <summary>Whether a unit's transcript is in the page.</summary>
    public bool Contains(UnitRecord unit) => _embedded.Contains(unit.Key);

    public static ReportTranscripts Read(ReportSource source, long mostBytes)
    {
        var transcripts = new ReportTranscripts();
        var store = new TranscriptStore(source.Run.Directory);
        var packed = new StringBuilder();
        var units = source.Run.Units.ToLookup(u => (source.ProblemIndex[u.Problem], u.Sample));
        var disagree = Disagreements(source);
        var keys = units.Select(g => g.Key).OrderBy(k => k.Sample).ThenBy(k => disagree.Contains(k.Item1) ? 0 : 1).ThenBy(k => k.Item1);
        foreach (var (problem, sample) in keys)
        {
            var read = units[(problem, sample)]
                .Select(u => (Unit: u, Document: Load(store, u)))
                .Where(r => r.Document is not null)
                .ToArray();
            if (read.Length == 0)
                continue;
            var block = Pack(read.Select(r => (source.ArmIndex[r.Unit.Arm], r.Document!.RootElement.GetProperty("reasoning"))));
            transcripts._questions.TryAdd(problem, read[0].Document!.RootElement.GetProperty("question").GetString() ?? "");
            var fits = packed.Length + block.Length <= Math.Min(mostBytes, int.MaxValue / 2);
            if (fits)
            {
                transcripts._blocks.Add(new TranscriptBlock(problem, sample, packed.Length, block.Length));
                transcripts._embedded.UnionWith(read.Select(r => r.Unit.Key));
                packed.Append(block);
            }

            foreach (var (_, document) in read)
                document!.Dispose();
            if (!fits)
                break;
        }

        transcripts.Packed = packed.ToString();
        return transcripts;
    }

    private static HashSet<int> Disagreements(ReportSource source) =>
        [.. source.Run.Units.GroupBy(u => source.ProblemIndex[u.Problem])
            .Where(p => p.GroupBy(u => u.Arm, StringComparer.Ordinal)
                .Select(a => a.Average(u => u.Status == SampleStatus.Correct ? 1.0 : 0.0))
                .Distinct()
                .Count() > 1)
            .Select(p => p.Key)];

    private static string Pack(IEnumerable<(int Arm, JsonElement Reasoning)> traces)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        using (var json = new Utf8JsonWriter(deflate))
        {
            json.WriteStartObject();
            foreach (var (arm, reasoning) in traces)
            {
                json.WritePropertyName(arm.ToString(System.Globalization.CultureInfo.InvariantCulture));
                reasoning.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    // A missing or damaged transcript is left out of the page, which says so; the unit's record is still shown.
    private static JsonDocument? Load(TranscriptStore store, UnitRecord unit)
    {
        if (unit.Transcript is null)
            return null;
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(store.Load(unit.Transcript));
            var root = document.RootElement;
            return root.TryGetProperty("reasoning", out _) && root.TryGetProperty("question", out _)
                ? document
                : throw new JsonException("Not a transcript.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            document?.Dispose();
            return null;
        }
    }
}
