using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Cluster.Grains;

/// <summary>A run whose log is open here.</summary>
internal sealed class OpenRun : IDisposable
{
    private readonly Dictionary<string, Problem> _problems;
    private readonly HashSet<UnitKey> _missing;
    private readonly List<UnitRecord> _records;
    private readonly TimeProvider _time;
    private readonly ActivityFile _activity;
    private IReadOnlyList<WorkerNews> _workers = [];
    private long _told;
    private long _stoppedAt;

    public OpenRun(RunOrder order, TimeProvider time)
    {
        (Order, _time) = (order, time);
        var problems = Wire.ReadProblems(order.Problems);
        _problems = problems.ToDictionary(static p => p.Id, StringComparer.Ordinal);
        Shards = Wire.Shards(problems.Count);
        Session = RunSession.Open(Wire.ReadHeader(order.Header), problems, new RunOptions
        {
            Directory = order.Directory,
            RetryErrors = order.RetryErrors,
            Limits = new RunLimits { Positions = order.Positions, WallTime = order.WallTime, ErrorShare = order.ErrorShare },
            Time = time,
        });
        _missing = [.. Session.Missing];
        _records = [.. Session.FinishedBefore];
        _activity = new ActivityFile(order.Directory, time, Activity);
    }

    public RunOrder Order { get; }

    public RunSession Session { get; }

    public int Shards { get; }

    /// <summary>Records of finished units, those of earlier sessions first, then as they came.</summary>
    public IReadOnlyList<UnitRecord> Records => _records;

    /// <summary>Results that came a second time and were dropped.</summary>
    public int Repeats { get; private set; }

    /// <summary>Whether nothing more is expected and the log is closed.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Why no further unit may begin; <see langword="null"/> while units may begin, and when all are finished.</summary>
    public string? Stopped { get; private set; }

    /// <summary>Whether the log cannot be written.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Of how many units in progress each worker should send the text: all of a few workers', none of many workers'.</summary>
    public int Texts => RunActivity.MostUnits / Math.Max(1, _workers.Count);

    /// <summary>Takes the workers for those who watch the run, not more often than they are shown.</summary>
    public void Tell(WorkerList workers)
    {
        if (_workers.Count > 0 && _time.GetElapsedTime(_told) < ActivityFile.Period)
            return;
        _told = _time.GetTimestamp();
        Volatile.Write(ref _workers, workers.Alive());
    }

    /// <summary>Why an order cannot join the run; <see langword="null"/> when it can.</summary>
    public RunOpened? Refuse(RunOrder order)
    {
        if (!string.Equals(order.Directory, Order.Directory, StringComparison.Ordinal))
        {
            return Differs($"The same run is open in the cluster and is written to '{Order.Directory}', not to '{order.Directory}'. "
                + "Give that folder with --run to join it, or wait for its end.");
        }

        var (open, asked) = (Session.Header.Suite.Samples, Wire.ReadHeader(order.Header).Suite.Samples);
        return open == asked
            ? null
            : Differs($"The run '{Order.Directory}' is open in the cluster with {open} samples, not {asked}. Wait for its end, or "
                + $"join it with --samples {open}.");

        static RunOpened Differs(string message) => new(null, [], message, RunOpenFault.Differs);
    }

    /// <summary>What a shard still needs. No unit once the run was stopped.</summary>
    public ShardWork Work(int shard)
    {
        bool IsOf(string problem) => Wire.ShardOf(problem, Shards) == shard;
        return new ShardWork(
            Order.Session,
            [.. Session.Missing.Where(u => Stopped is null && _missing.Contains(u) && IsOf(u.Problem)).Select(static u => (UnitName)u)],
            _problems.Values.Where(p => IsOf(p.Id)).ToDictionary(static p => p.Id, static p => p.Text.Length, StringComparer.Ordinal),
            [.. _records.Where(r => IsOf(r.Problem)).Select(static r => ((UnitName)r.Key, r.Ms))]);
    }

    /// <summary>Writes results, each unit's first one. Returns when they are on disk.</summary>
    public async Task<Receipt> AppendAsync(IReadOnlyList<UnitResult> results)
    {
        var refused = new List<(UnitName, string)>();
        var outcomes = new Dictionary<UnitKey, UnitOutcome>();
        foreach (var result in results)
        {
            if (Wire.Read(result) is not { } outcome)
                refused.Add((result.Unit, "the result does not have the hash it was sent with"));
            else if (!_missing.Contains(outcome.Record.Key) && !Session.Holds(outcome.Record.Key))
                refused.Add((result.Unit, "the run has no such unit"));
            else if (!outcomes.TryAdd(outcome.Record.Key, outcome))
                Repeats++;
        }

        IReadOnlyList<UnitRecord> written;
        try
        {
            // Elsewhere, so that the grain is free while the disk works.
            written = await Task.Run(() => Session.RecordAsync(outcomes.Values));
        }
        catch (IOException fault)
        {
            HasFailed = true;
            Stop(fault.Message);
            return new Receipt(Open: true, Stopped: true, [.. refused, .. outcomes.Keys.Select(unit => ((UnitName)unit, fault.Message))]);
        }

        Repeats += outcomes.Count - written.Count;
        foreach (var record in written)
        {
            _missing.Remove(record.Key);
            _records.Add(record);
            Session.Count(record);
        }

        return new Receipt(Open: true, Stopped: false, refused);
    }

    /// <summary>Ends the run when all units are finished, or when it was stopped and no worker has a unit any more.</summary>
    public void EndIfDone(WorkerList workers)
    {
        if (IsOver)
            return;
        if (_missing.Count > 0 && Stopped is null && Session.Reached() is { } reason)
            Stop(reason);
        if (_missing.Count > 0 && (Stopped is null || !workers.AreIdleSince(_stoppedAt)))
            return;
        IsOver = true;
        Close();
    }

    /// <summary>Arms with missing units that none of the workers can run.</summary>
    public IReadOnlyList<string> Idle(IReadOnlyList<WorkerNews> workers)
    {
        if (workers.Count == 0)
            return [];
        var able = workers.SelectMany(static w => w.Arms).ToHashSet(StringComparer.Ordinal);
        return able.IsSupersetOf(Session.Header.Suite.Arms.Select(static a => a.Name))
            ? []
            : [.. _missing.Select(static u => u.Arm).Where(a => !able.Contains(a)).Distinct().Order(StringComparer.Ordinal)];
    }

    private void Stop(string reason)
    {
        Stopped ??= reason;
        _stoppedAt = _time.GetTimestamp();
    }

    public void Dispose()
    {
        if (!IsOver)
            Close();
    }

    private void Close()
    {
        _activity.Dispose(); // while the folder is still this process's
        Session.Dispose();
    }

    private RunActivity Activity()
    {
        var workers = Volatile.Read(ref _workers);
        var units = workers.SelectMany(static w => Wire.ReadUnits(w.Units)).OrderByDescending(static u => u.Seconds);
        return new RunActivity(
            _time.GetUtcNow(),
            [.. workers.Select(static w => new WorkerActivity(w.Name, w.InFlight, w.Finished))],
            [.. units.Take(RunActivity.MostUnits)]);
    }
}
