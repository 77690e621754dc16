using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using TorchSharp;
using YamlDotNet.RepresentationModel;
using static TorchSharp.torch;
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

    private readonly ILatentObjective? _objective;
    private readonly SolutionCutter _cutter;
    private readonly WorkedSolution[] _probe;
    private readonly (int Thoughts, long End, BatchOrder Order)[] _stages;
    private readonly double _warmup, _enough;
    private readonly int _every;
    private long _seen, _batches, _nextReport;
    private bool _isEnough;

    /// <summary>Reads a course.</summary>
    /// <param name="run">The run.</param>
    /// <param name="corpora">Folder of the corpora.</param>
    /// <param name="objective">What is learned; <see langword="null"/> for a model without thoughts.</param>
    /// <param name="cutter">Cuts the solutions.</param>
    public RowCourse(RunFile run, string corpora, ILatentObjective? objective, SolutionCutter cutter)
    {
        (_objective, _cutter) = (objective, cutter);
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
        var heldOut = run.Open(corpora, map.Required("heldOut"));
        _probe = [.. Enumerable.Range(0, Math.Min(heldOut.Count, map.Whole("problems", 1) ?? 300)).Select(row => cutter.Cut(heldOut, row))];

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
    public JsonObject Describe(Decoder network)
    {
        if (_seen > 0 || _objective is null)
            return new JsonObject { ["resumed_at"] = _seen };
        using var frozen = no_grad();
        foreach (var (mark, known) in _cutter.Marks)
            network.Embedding[mark].copy_(network.Embedding[known]);
        return new JsonObject { ["held_out"] = _probe.Length };
    }

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
        var exact = Exact(network, thoughts, _objective?.Thinker(network));
        _isEnough = stage >= _stages.Length - 1 && exact >= _enough;
        var report = new JsonObject { ["thoughts"] = thoughts, ["rows"] = _seen, ["loss"] = Math.Round(loss, 4), ["exact"] = exact };
        if (_objective is not null and not Pause)
            report["zeroed"] = Exact(network, thoughts, static hidden => zeros_like(hidden));
        return report;
    }

    private double Exact(Decoder network, int thoughts, Func<Tensor, Tensor>? think)
    {
        var sampler = think is null
            ? new Sampler(network, _cutter.Stop) { Limit = 40 }
            : new Sampler(network, _cutter.Stop) { Limit = 40, Thoughts = thoughts, Think = think, After = [_cutter.End] };
        var texts = sampler.Continue([.. _probe.Select(solution => think is null ? solution.Prompt : solution.Thinking)]);
        var right = _probe.Where((solution, i) => texts[i].SequenceEqual(_cutter.Text(solution, thoughts)[1..^1])).Count();
        return Math.Round((double)right / _probe.Length, 3);
    }
}
