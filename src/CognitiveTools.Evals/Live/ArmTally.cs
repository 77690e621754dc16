using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Evals.Live;

/// <summary>Accuracy of an arm after a number of units, with its interval.</summary>
internal sealed record AccuracyPoint(int Units, double Mean, double Low, double High);

/// <summary>The finished units of one arm, counted as they come. The intervals are those of the report.</summary>
/// <param name="planned">Units of the arm in all.</param>
/// <param name="samples">Samples per problem.</param>
internal sealed class ArmTally(int planned, int samples)
{
    private const int MostPoints = 48;

    private readonly Dictionary<(string Problem, int Sample), SampleStatus> _statuses = [];
    private readonly Dictionary<string, (int Correct, int Samples)> _problems = new(StringComparer.Ordinal);
    private readonly Dictionary<SampleStatus, int> _counts = [];
    private readonly List<AccuracyPoint> _course = [];
    private readonly int _step = Math.Max(1, planned / MostPoints);

    /// <summary>Units of the arm in all.</summary>
    public int Planned => planned;

    /// <summary>Finished units.</summary>
    public int Finished => _statuses.Count;

    /// <summary>How fast they finish.</summary>
    public Pace Pace { get; } = new();

    /// <summary>The accuracy as it developed, at most some dozens of points.</summary>
    public IReadOnlyList<AccuracyPoint> Course => _course;

    /// <summary>Share of correct samples, averaged over problems; <see langword="null"/> when no unit is finished.</summary>
    public Estimate? Accuracy => _problems.Count == 0
        ? null
        : QuestionLevel.Accuracy([.. _problems.Values.Select(static p => (double)p.Correct / p.Samples)], samples);

    /// <summary>Finished units with a verdict.</summary>
    public int Of(SampleStatus status) => _counts.GetValueOrDefault(status);

    /// <summary>Counts a record; a later one of the same unit replaces the earlier.</summary>
    public void Add(UnitRecord record)
    {
        var isNew = true;
        if (_statuses.TryGetValue((record.Problem, record.Sample), out var before))
        {
            isNew = false;
            Count(record.Problem, before, -1);
        }

        _statuses[(record.Problem, record.Sample)] = record.Status;
        Count(record.Problem, record.Status, 1);
        Pace.Add(record.Finished, record.Ms);
        if (isNew && Finished % _step == 0 && Accuracy is { Interval: { } interval } accuracy)
            _course.Add(new AccuracyPoint(Finished, accuracy.Mean, interval.Low, interval.High));
    }

    private void Count(string problem, SampleStatus status, int by)
    {
        _counts[status] = Of(status) + by;
        var (correct, all) = _problems.GetValueOrDefault(problem);
        _problems[problem] = (correct + (status == SampleStatus.Correct ? by : 0), all + by);
    }
}
