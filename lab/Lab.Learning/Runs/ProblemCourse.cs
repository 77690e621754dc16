using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Data;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>A number of problems, at a rate that rises linearly and then sinks by a cosine to a tenth.</summary>
/// <typeparam name="TNetwork">Kind of network.</typeparam>
internal sealed class ProblemCourse<TNetwork> : ICourse<TNetwork>
{
    /// <summary>Its <c>kind</c>.</summary>
    public const string Kind = "problems";

    private readonly IExam<TNetwork> _exam;
    private readonly BatchOrder _order;
    private readonly long _budget, _every;
    private readonly double _warmup;
    private long _seen, _batches, _nextReport;

    /// <summary>Reads a course.</summary>
    /// <param name="run">The run.</param>
    /// <param name="corpus">What is learned from.</param>
    /// <param name="exam">Makes the exam from the number of things that are examined at most.</param>
    public ProblemCourse(RunFile run, TokenFile corpus, Func<int, IExam<TNetwork>> exam)
    {
        var map = run.Course;
        map.Allow("kind", "problems", "warmup", "corpus", "heldOut", "reportEvery", "examine");
        _budget = map.Whole("problems", 1) ?? throw map.Wrong("problems", "is missing; say how many problems the run learns from.");
        _nextReport = _every = map.Whole("reportEvery", 1) ?? _budget;
        _warmup = map.Number("warmup", 0, 1) ?? 0.02;
        _order = new BatchOrder(corpus, run.Batch, run.Seed);
        _exam = exam(map.Whole("examine", 1) ?? 300);
    }

    /// <inheritdoc/>
    public bool IsDone => _seen >= _budget;

    /// <inheritdoc/>
    public double Rate => TokenCourse.RateAt((double)_seen / _budget, _warmup);

    /// <inheritdoc/>
    public bool IsReportDue => _seen >= _nextReport || IsDone;

    /// <inheritdoc/>
    public JsonObject Progress
    {
        get => new() { ["problems"] = _seen, ["batches"] = _batches, ["nextReport"] = _nextReport };
        set
        {
            _seen = value["problems"]!.GetValue<long>();
            _batches = value["batches"]!.GetValue<long>();
            _nextReport = value["nextReport"]!.GetValue<long>();
        }
    }

    /// <inheritdoc/>
    public JsonObject Describe(TNetwork network) => new() { ["resumed_at"] = _seen };

    /// <inheritdoc/>
    public Batch Next() => _order[_batches];

    /// <inheritdoc/>
    public void Advance(Batch batch) => (_seen, _batches) = (_seen + batch.Rows.Count, _batches + 1);

    /// <inheritdoc/>
    public JsonObject Report(TNetwork network, double loss)
    {
        _nextReport += _every;
        var report = new JsonObject { ["problems"] = _seen, ["loss"] = Math.Round(loss, 4) };
        _exam.Examine(report, network);
        return report;
    }
}
