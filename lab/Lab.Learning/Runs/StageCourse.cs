using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>
/// Coconut's curriculum: stage after stage with more thoughts. A stage ends when held-out accuracy is back at a share of the best so far,
/// which begins with that of the worked solution, and at the latest after a number of problems; in the last stage the rate sinks by a
/// cosine. A control follows the stages in its sibling's log, so that it gets the very problems that the sibling got.
/// </summary>
internal sealed class StageCourse : ICourse<Decoder>
{
    /// <summary>Its <c>kind</c>.</summary>
    public const string Kind = "stages";

    private readonly RunFile _run;
    private readonly ILatentObjective _objective;
    private readonly SolutionCutter _cutter;
    private readonly NeighbourBatches _solutions;
    private readonly WorkedSolution[] _probe;
    private readonly int[] _stages;
    private readonly int _every, _least, _most, _last, _earlier;
    private readonly double _recovered;
    private readonly StageSchedule? _schedule;
    private int _stage;
    private long _seen, _begun, _nextReport;
    private double _target;

    /// <summary>Reads a course.</summary>
    /// <param name="run">The run.</param>
    /// <param name="corpora">Folder of the corpora.</param>
    /// <param name="output">Folder of the logs, for a course that follows another's.</param>
    /// <param name="objective">What is learned.</param>
    /// <param name="cutter">Cuts the solutions.</param>
    public StageCourse(RunFile run, string corpora, string output, ILatentObjective objective, SolutionCutter cutter)
    {
        (_run, _objective, _cutter) = (run, objective, cutter);
        var map = run.Course;
        map.Allow(
            "kind", "corpus", "heldOut", "stages", "mostUnits", "earlier", "reportEvery", "problems", "leastProblems", "mostProblems",
            "lastProblems", "recovered", "schedule");
        _stages = [.. (map.Texts("stages") ?? throw map.Wrong("stages", "is missing; list the thoughts of each stage.")).Select(
            text => int.TryParse(text, out var thoughts) && thoughts >= 0
                ? thoughts : throw map.Wrong("stages", $"'{text}' is not a number."))];
        var mostUnits = map.Whole("mostUnits", 1) ?? int.MaxValue;
        _earlier = (int)(100 * (map.Number("earlier", 0, 1) ?? 0.15));
        _nextReport = _every = Need("reportEvery");
        (_least, _most, _last) = (Need("leastProblems"), Need("mostProblems"), Need("lastProblems"));
        _recovered = map.Number("recovered", 0, 1) ?? 0.9;
        _schedule = map.Text("schedule") is { } log ? new StageSchedule(Path.Combine(output, log)) : null;
        var file = run.Open(corpora, map.Required("corpus"));
        int[] order = [.. Solutions(file).Where(cut => cut.Solution.Units.Count <= mostUnits)
            .OrderBy(static cut => cut.Solution.Prompt.Length).Select(static cut => cut.Row)];
        _solutions = new(file, order, run.Batch);
        if (_solutions.Rows <= _solutions.Window)
            throw map.Wrong("corpus", $"has {order.Length} solutions of at most {mostUnits} units; the run needs more.");
        var heldOut = run.Open(corpora, map.Required("heldOut"));
        _probe = [.. Solutions(heldOut).Select(static cut => cut.Solution).Where(solution => solution.Units.Count <= mostUnits)
            .Take(Need("problems"))];

        IEnumerable<(int Row, WorkedSolution Solution)> Solutions(TokenFile file) => Enumerable.Range(0, file.Count)
            .Where(row => MiniFormats.Names[file.Format(row)] is "cot" or "solve").Select(row => (row, cutter.Cut(file, row)));

        int Need(string key) => map.Whole(key, 1) ?? throw map.Wrong(key, "is missing; a course in stages needs it.");
    }

    /// <inheritdoc/>
    public bool IsDone => _stage >= _stages.Length;

    /// <inheritdoc/>
    public double Rate => 0.05 + 0.475 * (1 + Math.Cos(Math.PI * (IsLast ? Math.Min(1, (double)(_seen - _begun) / _last) : 0)));

    /// <inheritdoc/>
    public bool IsReportDue => _seen >= _nextReport;

    private bool IsLast => _stage == _stages.Length - 1;

    /// <inheritdoc/>
    public JsonObject Progress
    {
        get => new() { ["stage"] = _stage, ["problems"] = _seen, ["begun"] = _begun, ["nextReport"] = _nextReport, ["target"] = _target };
        set
        {
            _stage = value["stage"]!.GetValue<int>();
            _seen = value["problems"]!.GetValue<long>();
            _begun = value["begun"]!.GetValue<long>();
            _nextReport = value["nextReport"]!.GetValue<long>();
            _target = value["target"]!.GetValue<double>();
        }
    }

    /// <inheritdoc/>
    public JsonObject Describe(Decoder network)
    {
        if (_seen > 0)
            return new JsonObject { ["resumed_at"] = _seen };
        // The marks and the pause were not trained: they begin as a neutral token does.
        network.BeginAs(_cutter.Marks);
        _target = Accuracy(network, new Sampler(network, _cutter.Stop) { Limit = 160 }, static solution => solution.Prompt);
        return new JsonObject
        {
            ["without_thoughts"] = Math.Round(_target, 3),
            ["trained_on"] = _solutions.Rows,
            ["held_out"] = _probe.Length,
        };
    }

    /// <inheritdoc/>
    public Batch Next()
    {
        // An earlier stage now and then, against forgetting.
        var random = SeededRandom.For(_run.Seed, $"problems {_seen}");
        var batch = _solutions.Draw(random);
        var thoughts = random.Percent(_earlier) ? random.Pick([0, .. _stages[.._stage]]) : _stages[_stage];
        return batch with { Thoughts = thoughts };
    }

    /// <inheritdoc/>
    public void Advance(Batch batch) => _seen += batch.Rows.Count;

    /// <inheritdoc/>
    public JsonObject Report(Decoder network, double loss)
    {
        _nextReport += _every;
        var share = Accuracy(network, _objective.Thinker(network));
        var ended = Ended(share);
        var report = new JsonObject
        {
            ["stage"] = _stage,
            ["thoughts"] = _stages[_stage],
            ["problems"] = _seen,
            ["loss"] = Math.Round(loss, 4),
            ["accuracy"] = Math.Round(share, 3),
        };
        _target = Math.Max(_target, share);
        if (ended is null)
            return report;
        report["ended"] = ended;
        if (_objective is not Pause)
            report["zeroed"] = Math.Round(Accuracy(network, static hidden => zeros_like(hidden)), 3);
        (_stage, _begun) = (_stage + 1, _seen);
        return report;
    }

    private string? Ended(double share)
    {
        var inStage = _seen - _begun;
        if (IsLast)
            return inStage >= _last ? "limit" : null;
        if (_schedule is not null)
            return _schedule.Ends(_stage, _seen) ? "schedule" : null;
        return inStage >= _least && share >= _recovered * _target ? "recovered" : inStage >= _most ? "limit" : null;
    }

    private double Accuracy(Decoder network, Func<Tensor, Tensor> think) => Accuracy(
        network,
        new Sampler(network, _cutter.Stop) { Limit = 100, Thoughts = _stages[_stage], Think = think, After = [_cutter.End] },
        static solution => solution.Thinking);

    private double Accuracy(Decoder network, Sampler sampler, Func<WorkedSolution, int[]> prompt)
    {
        var texts = sampler.Continue([.. _probe.Select(prompt)]);
        var right = _probe.Where((solution, i) => AnswerAccuracy.LastWord(_run.Words.Decode(texts[i]))
            == AnswerAccuracy.LastWord(_run.Words.Decode(solution.Answer)));
        return (double)right.Count() / _probe.Length;
    }
}
