using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>
/// Graphs with one more thought from stage to stage. A stage ends when the top node of its last thought lies in the frontier often enough,
/// or after its share of the graphs.
/// </summary>
internal sealed class GraphCourse : ICourse<Decoder>
{
    /// <summary>Its <c>kind</c>.</summary>
    public const string Kind = "graphs";

    private readonly RunFile _run;
    private readonly Superposition _objective;
    private readonly NeighbourBatches _graphsByLength;
    private readonly SearchedGraph[] _probe;
    private readonly int _thoughts, _graphs, _every;
    private readonly double _recovered, _stageShare, _warmup;
    private int _stage = 1;
    private long _seen, _begun, _nextReport;

    /// <summary>Reads a course.</summary>
    /// <param name="run">The run.</param>
    /// <param name="corpora">Folder of the corpora.</param>
    /// <param name="objective">What is learned.</param>
    public GraphCourse(RunFile run, string corpora, Superposition objective)
    {
        (_run, _objective) = (run, objective);
        var map = run.Course;
        map.Allow(
            "kind", "corpus", "heldOut", "thoughts", "graphs", "recovered", "stageShare", "warmup", "reportEvery", "problems");
        (_thoughts, _graphs, _nextReport) = (Need("thoughts"), Need("graphs"), _every = Need("reportEvery"));
        _recovered = map.Number("recovered", 0, 1) ?? 0.9;
        _stageShare = map.Number("stageShare", 0, 1) ?? 0.35;
        _warmup = map.Number("warmup", 0, 1) ?? 0.02;
        var file = run.Open(corpora, map.Required("corpus"));
        _graphsByLength = new(file, [.. Enumerable.Range(0, file.Count).OrderBy(file.Length)], run.Batch);
        if (_graphsByLength.Rows <= _graphsByLength.Window)
            throw map.Wrong("corpus", $"has {file.Count} graphs; the run needs more than {_graphsByLength.Window / run.Batch} batches.");
        var heldOut = run.Open(corpora, map.Required("heldOut"));
        _probe = [.. Enumerable.Range(0, Math.Min(heldOut.Count, Need("problems")))
            .Select(row => SearchedGraph.Read(heldOut, row, run.Words))];

        int Need(string key) => map.Whole(key, 1) ?? throw map.Wrong(key, "is missing; a course of graphs needs it.");
    }

    /// <inheritdoc/>
    public bool IsDone => _seen >= _graphs;

    /// <inheritdoc/>
    public double Rate => TokenCourse.RateAt((double)_seen / _graphs, _warmup);

    /// <inheritdoc/>
    public bool IsReportDue => _seen >= _nextReport || IsDone;

    /// <inheritdoc/>
    public JsonObject Progress
    {
        get => new() { ["graphs"] = _seen, ["stage"] = _stage, ["begun"] = _begun, ["nextReport"] = _nextReport };
        set
        {
            _seen = value["graphs"]!.GetValue<long>();
            _stage = value["stage"]!.GetValue<int>();
            _begun = value["begun"]!.GetValue<long>();
            _nextReport = value["nextReport"]!.GetValue<long>();
        }
    }

    /// <inheritdoc/>
    public JsonObject Describe(Decoder network) => new() { ["resumed_at"] = _seen };

    /// <inheritdoc/>
    public Batch Next() => _graphsByLength.Draw(SeededRandom.For(_run.Seed, $"graphs {_seen}")) with { Thoughts = _stage };

    /// <inheritdoc/>
    public void Advance(Batch batch) => _seen += batch.Rows.Count;

    /// <inheritdoc/>
    public JsonObject Report(Decoder network, double loss)
    {
        _nextReport += _every;
        var report = new JsonObject { ["stage"] = _stage, ["graphs"] = _seen, ["loss"] = Math.Round(loss, 4) };
        var (right, inFrontier) = Examine(network, _objective.Thinker(network));
        report["accuracy"] = Share(right);
        report["by_hops"] = new JsonObject(_probe.Select(static graph => graph.Hops).Distinct().Order().Select(hops =>
            KeyValuePair.Create($"{hops}", (JsonNode?)Share([.. right.Where((_, row) => _probe[row].Hops == hops)]))));
        report["top_node_in_frontier"] = new JsonArray([.. inFrontier.Select(static share => (JsonNode)share)]);
        if (!_objective.Pauses)
            report["zeroed"] = Share(Examine(network, static hidden => zeros_like(hidden)).Right);
        if (_stage < _thoughts && (inFrontier[_stage - 1] >= _recovered || _seen - _begun >= _graphs * _stageShare))
            (_stage, _begun) = (_stage + 1, _seen);
        return report;
    }

    private (bool[] Right, double[] InFrontier) Examine(Decoder network, Func<Tensor, Tensor> think)
    {
        using var scope = NewDisposeScope();
        using var frozen = inference_mode(true);
        var (frontiers, answers, _) = _objective.Search(network, _probe, _stage, think, null);
        var said = answers.argmax(-1).cpu().data<long>().ToArray();
        var top = frontiers.argmax(-1).cpu().data<long>().ToArray();
        var length = _probe[0].Answer.Length;
        return (
            [.. _probe.Select((graph, row) => graph.Answer.Select(static token => (long)token)
                .SequenceEqual(said[(row * length)..((row + 1) * length)]))],
            [.. Enumerable.Range(0, _stage).Select(k => Share([.. _probe.Select((graph, row) => (Graph: graph, Row: row))
                .Where(one => k < one.Graph.Frontiers.Count)
                .Select(one => one.Graph.Frontiers[k].Contains((int)top[one.Row * _stage + k]))]))]);
    }

    private static double Share(bool[] right) => Math.Round((double)right.Count(static one => one) / right.Length, 3);
}
