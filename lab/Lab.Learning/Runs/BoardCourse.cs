using System.Text.Json.Nodes;
using CognitiveTools.Answers.Boards;
using CognitiveTools.Files;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>
/// A number of batches of boards, each with all its steps of supervision, at a rate that rises linearly and then sinks by a cosine to a
/// tenth. Reports say of held-out boards, with so many trajectories for each: the share of trajectories that end in a solution
/// (<c>valid</c>), the mean share of a board's solutions that they find (<c>coverage</c>, also of boards with several solutions alone), and
/// the share of boards whose trajectory of highest value is right (<c>selected</c>).
/// </summary>
internal sealed class BoardCourse : ICourse<Gram>
{
    /// <summary>Its <c>kind</c>.</summary>
    public const string Kind = "boards";

    private const int RowsAtOnce = 400;

    private readonly BatchOrder _order;
    private readonly QueensRows _heldOut;
    private readonly int _steps, _budget, _every, _boards, _trajectories;
    private readonly double _warmup;
    private long _batches, _nextReport;

    /// <summary>Reads a course.</summary>
    /// <param name="run">The run.</param>
    /// <param name="corpora">Folder of the corpora.</param>
    public BoardCourse(RunFile run, string corpora)
    {
        var map = run.Course;
        map.Allow("kind", "batches", "warmup", "corpus", "heldOut", "reportEvery", "boards", "trajectories");
        _budget = map.Whole("batches", 1) ?? throw map.Wrong("batches", "is missing; say how many batches the run learns from.");
        _nextReport = _every = map.Whole("reportEvery", 1) ?? _budget;
        _warmup = map.Number("warmup", 0, 1) ?? 0.02;
        _boards = map.Whole("boards", 1) ?? 100;
        _trajectories = map.Whole("trajectories", 1) ?? 20;
        _steps = Learners.SupervisionSteps(run);
        var corpus = Open(run, corpora, "corpus");
        Rows = QueensRows.Read(corpus, run.Words);
        _order = new BatchOrder(corpus, run.Batch, run.Seed);
        _heldOut = QueensRows.Read(Open(run, corpora, "heldOut"), run.Words);
    }

    /// <summary>The rows that are learned from.</summary>
    public QueensRows Rows { get; }

    /// <inheritdoc/>
    public bool IsDone => _batches >= _budget;

    /// <inheritdoc/>
    public double Rate => TokenCourse.RateAt((double)_batches / _budget, _warmup);

    /// <inheritdoc/>
    public bool IsReportDue => _batches >= _nextReport || IsDone;

    /// <inheritdoc/>
    public JsonObject Progress
    {
        get => new() { ["batches"] = _batches, ["nextReport"] = _nextReport };
        set
        {
            _batches = value["batches"]!.GetValue<long>();
            _nextReport = value["nextReport"]!.GetValue<long>();
        }
    }

    /// <inheritdoc/>
    public JsonObject Describe(Gram network) =>
        new() { ["resumed_at"] = _batches, ["pairs"] = Rows.Count, ["held_out"] = _heldOut.Count };

    /// <inheritdoc/>
    public Batch Next()
    {
        var batch = _order[_batches];
        return batch with { Positions = (long)batch.Rows.Count * _heldOut.Given(0).Side * _steps };
    }

    /// <inheritdoc/>
    public void Advance(Batch batch) => _batches++;

    /// <inheritdoc/>
    public JsonObject Report(Gram network, double loss)
    {
        _nextReport += _every;
        var report = new JsonObject { ["batches"] = _batches, ["loss"] = Math.Round(loss, 4) };
        var boards = Enumerable.Range(0, Math.Min(_boards, _heldOut.Count)).Select(_heldOut.Given).ToArray();
        var answers = Solve(network, boards);
        var found = new List<(int Solutions, double Coverage)>();
        var (valid, selected) = (0, 0);
        for (var i = 0; i < boards.Length; i++)
        {
            var right = answers[i].Where(answer => answer.Board.Completes(boards[i])).ToArray();
            var solutions = boards[i].Completions().Count;
            found.Add((solutions, (double)right.DistinctBy(static answer => $"{answer.Board}").Count() / solutions));
            valid += right.Length;
            selected += answers[i].MaxBy(static answer => answer.Value).Board.Completes(boards[i]) ? 1 : 0;
        }

        report["valid"] = Math.Round((double)valid / (boards.Length * _trajectories), 3);
        report["coverage"] = Math.Round(found.Average(static one => one.Coverage), 3);
        report["coverage_of_several"] = Math.Round(
            found.Where(static one => one.Solutions > 1).Select(static one => one.Coverage).DefaultIfEmpty().Average(), 3);
        report["selected"] = Math.Round((double)selected / boards.Length, 3);
        return report;
    }

    private (QueensBoard Board, float Value)[][] Solve(Gram network, QueensBoard[] boards)
    {
        var random = new SeededRandom(1);
        QueensBoard[] rows = [.. boards.SelectMany(board => Enumerable.Repeat(board, _trajectories))];
        return [.. rows.Chunk(RowsAtOnce).SelectMany(part => Run(network, part, random)).Chunk(_trajectories)];
    }

    private (QueensBoard Board, float Value)[] Run(Gram network, QueensBoard[] boards, SeededRandom random)
    {
        using var scope = NewDisposeScope();
        using var frozen = inference_mode(true);
        var e = network.Read(QueensRows.Cells(boards).to(network.Device));
        var state = network.Start(boards.Length, random);
        for (var i = 0; i < _steps; i++)
        {
            using var step = NewDisposeScope();
            state = network.Step(state, e, random);
            state = new GramState(state.High.MoveToOuterDisposeScope(), state.Low.MoveToOuterDisposeScope());
        }

        var values = network.Value(state.High).to(ScalarType.Float32).cpu().data<float>().ToArray();
        return [.. QueensRows.Boards(network.Logits(state.High)).Zip(values)];
    }

    private static TokenFile Open(RunFile run, string corpora, string key) =>
        run.Open(corpora, run.Course.Required(key), (_, _) => run.Network.Context);
}
