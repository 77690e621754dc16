using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using YamlDotNet.RepresentationModel;
using YamlMap = CognitiveTools.Files.YamlMap;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>
/// Stages of so many rows with so many thoughts each, at a rate that sinks by a cosine over all of them (DataAlchemy, ProsQA). A stage may
/// have a corpus of its own, of easier problems, and may count epochs of its corpus instead of rows. The run ends before the last row when
/// a report of the last stage finds a share of <c>enough</c> held-out conversations exact; with more than 1 it never does.
/// </summary>
internal sealed class RowCourse : ICourse<Decoder>
{
    /// <summary>Its <c>kind</c>.</summary>
    public const string Kind = "rows";

    private readonly IRowExam _exam;
    private readonly (int Thoughts, long End, BatchOrder Order)[] _stages;
    private readonly double _warmup, _enough;
    private readonly int _every;
    private long _seen, _batches, _nextReport;
    private bool _isEnough;

    /// <summary>Reads a course.</summary>
    /// <param name="run">The run.</param>
    /// <param name="corpora">Folder of the corpora.</param>
    /// <param name="exam">Makes the exam from the held-out corpus and the number of its conversations at most.</param>
    public RowCourse(RunFile run, string corpora, Func<TokenFile, int, IRowExam> exam)
    {
        var map = run.Course;
        map.Allow("kind", "corpus", "heldOut", "stages", "warmup", "reportEvery", "problems", "enough");
        _warmup = map.Number("warmup", 0, 1) ?? 0.02;
        _enough = map.Number("enough", 0) ?? 1;
        _nextReport = _every = map.Whole("reportEvery", 1)
            ?? throw map.Wrong("reportEvery", "is missing; say how many rows lie between reports.");
        var end = 0L;
        var corpus = run.Open(corpora, map.Required("corpus"));
        var order = new BatchOrder(corpus, run.Batch, run.Seed);
        _stages = [.. (map.Items("stages") ?? throw map.Wrong("stages", "is missing; list {thoughts: K, rows: N}.")).Select(Stage)];
        if (_stages.Length == 0)
            throw map.Wrong("stages", "is empty; list {thoughts: K, rows: N}.");
        _exam = exam(run.Open(corpora, map.Required("heldOut")), map.Whole("problems", 1) ?? 300);
        if (_stages.FirstOrDefault(stage => stage.Thoughts > _exam.MostThoughts) is { End: > 0 } beyond)
            throw map.Wrong("stages", $"a stage has {beyond.Thoughts} thoughts; this objective knows {_exam.MostThoughts} at most.");

        (int Thoughts, long End, BatchOrder Order) Stage(YamlNode node)
        {
            if (node is not YamlMappingNode mapping)
                throw map.WrongAt(node, "stages", "must be a list of {thoughts: K, rows: N}.");
            var stage = new YamlMap(mapping, map.File, "stage");
            stage.Allow("thoughts", "rows", "epochs", "corpus");
            var file = stage.Text("corpus") is { } name ? run.Open(corpora, name) : corpus;
            end += Rows(stage, file);
            return (stage.Whole("thoughts", 0) ?? 0, end, file == corpus ? order : new BatchOrder(file, run.Batch, run.Seed));
        }

        static long Rows(YamlMap stage, TokenFile corpus) => (stage.Whole("rows", 1), stage.Whole("epochs", 1)) switch
        {
            ({ } rows, null) => rows,
            (null, { } epochs) => (long)epochs * corpus.Count,
            (null, null) => throw stage.Wrong("rows", "is missing; a stage needs it, or 'epochs'."),
            _ => throw stage.Wrong("epochs", "cannot stand beside 'rows'; leave one of them out."),
        };
    }

    /// <inheritdoc/>
    public bool IsDone => _isEnough || _seen >= _stages[^1].End;

    /// <inheritdoc/>
    public double Rate => TokenCourse.RateAt((double)_seen / _stages[^1].End, _warmup);

    /// <inheritdoc/>
    public bool IsReportDue => _seen >= _nextReport || IsDone;

    /// <inheritdoc/>
    public JsonObject Progress
    {
        get => new() { ["rows"] = _seen, ["batches"] = _batches, ["nextReport"] = _nextReport, ["enough"] = _isEnough };
        set
        {
            _seen = value["rows"]!.GetValue<long>();
            _batches = value["batches"]!.GetValue<long>();
            _nextReport = value["nextReport"]!.GetValue<long>();
            _isEnough = value["enough"]!.GetValue<bool>();
        }
    }

    /// <inheritdoc/>
    public JsonObject Describe(Decoder network) => _seen > 0 ? new JsonObject { ["resumed_at"] = _seen } : _exam.Begin(network);

    /// <inheritdoc/>
    public Batch Next()
    {
        var (thoughts, _, order) = _stages.First(stage => _seen < stage.End);
        return order[_batches] with { Thoughts = thoughts };
    }

    /// <inheritdoc/>
    public void Advance(Batch batch) => (_seen, _batches) = (_seen + batch.Rows.Count, _batches + 1);

    /// <inheritdoc/>
    public JsonObject Report(Decoder network, double loss)
    {
        _nextReport += _every;
        var stage = _stages.Where(part => part.End < _seen).Count();
        var thoughts = _stages[Math.Min(stage, _stages.Length - 1)].Thoughts;
        var report = new JsonObject { ["thoughts"] = thoughts, ["rows"] = _seen, ["loss"] = Math.Round(loss, 4) };
        _isEnough = _exam.Examine(report, network, thoughts) >= _enough && stage >= _stages.Length - 1;
        return report;
    }
}
