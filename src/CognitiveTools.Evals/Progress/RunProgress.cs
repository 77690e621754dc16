using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Progress;

/// <summary>Follows a run's events and computes its progress. A display asks for snapshots when it draws. Thread-safe.</summary>
internal sealed class RunProgress(TimeProvider time) : IProgress<RunEvent>
{
    private readonly Lock _gate = new();
    private readonly List<ArmProgress> _arms = [];
    private readonly List<(long Positions, int Units)> _costs = []; // of the arms, over units whose usage is known
    private long _started = time.GetTimestamp();
    private int _planned;
    private int _before;
    private int _session;
    private int _inFlight;
    private long _positions;

    public void Report(RunEvent value)
    {
        lock (_gate)
        {
            switch (value)
            {
                case RunStarted started:
                    Start(started);
                    break;
                case UnitStarted:
                    _inFlight++;
                    break;
                case UnitsInFlight units:
                    _inFlight = units.Count;
                    break;
                case UnitFinished { Record: var record }:
                    _inFlight = Math.Max(0, _inFlight - 1);
                    _session++;
                    _positions += record.Usage.Positions;
                    Count(record);
                    break;
            }
        }
    }

    /// <summary>The run's progress now.</summary>
    public RunSnapshot Snapshot()
    {
        lock (_gate)
        {
            var elapsed = time.GetElapsedTime(_started);
            var finished = _before + _session;
            return new RunSnapshot(
                [.. _arms], finished, _planned, _inFlight, elapsed,
                _session > 0 ? elapsed / _session * (_planned - finished) : null,
                elapsed > TimeSpan.Zero ? _positions / elapsed.TotalSeconds : 0,
                _costs.Count > 0 && _costs.TrueForAll(cost => cost.Units > 0)
                    ? _arms.Zip(_costs, (arm, cost) => (double)cost.Positions / cost.Units * arm.Planned).Sum()
                    : null);
        }
    }

    private void Start(RunStarted started)
    {
        _started = time.GetTimestamp();
        (_planned, _before) = (started.Planned, started.Finished.Count);
        var arms = started.Header.Suite.Arms;
        _arms.Clear();
        _arms.AddRange(arms.Select(a => new ArmProgress(a.Name, 0, started.Planned / arms.Count, 0, 0, 0)));
        _costs.Clear();
        _costs.AddRange(arms.Select(_ => (0L, 0)));
        foreach (var record in started.Finished)
            Count(record);
    }

    private void Count(UnitRecord record)
    {
        var index = _arms.FindIndex(a => a.Arm == record.Arm);
        if (index < 0)
            return; // a unit was reported before the start
        if (record.Usage.Known(usage => usage.Positions) is { } positions)
            _costs[index] = (_costs[index].Positions + positions, _costs[index].Units + 1);
        var arm = _arms[index];
        _arms[index] = arm with
        {
            Finished = arm.Finished + 1,
            Correct = arm.Correct + (record.Status == SampleStatus.Correct ? 1 : 0),
            Truncated = arm.Truncated + (record.Status == SampleStatus.Truncated ? 1 : 0),
            Errors = arm.Errors + (record.Status == SampleStatus.Error ? 1 : 0),
        };
    }
}
