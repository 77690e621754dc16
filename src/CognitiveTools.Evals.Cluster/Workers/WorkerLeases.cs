using CognitiveTools.Evals.Cluster.Grains;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Cluster.Workers;

/// <summary>The units that a worker has: those that wait to begin, and those begun whose results are not in the log. Thread-safe.</summary>
internal sealed class WorkerLeases(WorkerPlace place)
{
    private readonly Lock _gate = new();
    private readonly Queue<UnitKey> _waiting = [];
    private readonly HashSet<UnitKey> _started = [];
    private long _renewed = place.Time.GetTimestamp();
    private int _nextShard = Wire.ShardOf(place.Worker, place.Shards.Count); // workers begin at different shards
    private bool _isIdle;

    /// <summary>Units in all.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _waiting.Count + _started.Count;
        }
    }

    /// <summary>
    /// Leases units from the first shard that has some. After all shards had none, each call asks one shard, the next one, until one has:
    /// many idle workers must not keep the shards from their work.
    /// </summary>
    /// <param name="count">How many are wanted.</param>
    /// <param name="isOver">Whether no more are wanted, asked before each call.</param>
    /// <param name="cancellationToken">Ends the waiting for an answer.</param>
    /// <returns>Whether there were any.</returns>
    public async Task<bool> LeaseAsync(int count, Func<bool> isOver, CancellationToken cancellationToken)
    {
        var most = _isIdle ? 1 : place.Shards.Count;
        for (var tried = 0; tried < most && !isOver(); tried++)
        {
            try
            {
                var request = new LeaseRequest(place.Session, place.Worker, count, place.Arms);
                var reply = await place.Shards[_nextShard].LeaseAsync(request).WaitAsync(cancellationToken);
                if (reply.Units.Count > 0)
                {
                    Add(reply.Units);
                    _isIdle = false;
                    return true;
                }
            }
            catch (Exception fault) when (Retry.IsPassing(fault) && !cancellationToken.IsCancellationRequested)
            {
                // Another shard may answer.
            }

            _nextShard = (_nextShard + 1) % place.Shards.Count;
        }

        _isIdle = true;
        return false;
    }

    /// <summary>The next unit to begin; <see langword="null"/> without one.</summary>
    public UnitKey? Start()
    {
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out var unit))
                return null;
            _started.Add(unit);
            return unit;
        }
    }

    /// <summary>Results are in the log, or were refused.</summary>
    public void Remove(IEnumerable<UnitKey> units)
    {
        lock (_gate)
            _started.ExceptWith(units);
    }

    /// <summary>Renews all leases when a twelfth of their time has passed, and drops units that another worker has now.</summary>
    public async Task RenewIfDueAsync()
    {
        if (place.Time.GetElapsedTime(_renewed) < place.Lease / 12)
            return;
        _renewed = place.Time.GetTimestamp();
        var (started, waiting) = Both();
        var shards = started.Concat(waiting).Select(ShardOf).Distinct();
        await Task.WhenAll(shards.Select(async shard =>
        {
            var lost = await place.Shards[shard].RenewAsync(place.Worker, Of(started, shard), Of(waiting, shard));
            Drop(lost.Select(static u => (UnitKey)u).ToHashSet());
        }));
    }

    /// <summary>Gives units back, if the cluster hears it; otherwise their leases end by themselves.</summary>
    /// <param name="started">Whether those begun are given back too.</param>
    public async Task GiveBackAsync(bool started)
    {
        var (begun, waiting) = Both();
        UnitKey[] units = started ? [.. begun, .. waiting] : waiting;
        Drop(waiting.ToHashSet());
        try
        {
            await Task.WhenAll(units.Select(ShardOf).Distinct().Select(shard =>
                place.Shards[shard].ReleaseAsync(place.Worker, Of(units, shard)).WaitAsync(TimeSpan.FromSeconds(2), place.Time)));
        }
        catch (Exception fault) when (Retry.IsPassing(fault))
        {
            // Their leases end by themselves.
        }
    }

    private void Add(IEnumerable<UnitName> units)
    {
        lock (_gate)
        {
            foreach (var unit in units.Where(u => !_started.Contains(u)))
                _waiting.Enqueue(unit);
        }
    }

    private int ShardOf(UnitKey unit) => Wire.ShardOf(unit.Problem, place.Shards.Count);

    private UnitName[] Of(IEnumerable<UnitKey> units, int shard) =>
        [.. units.Where(u => ShardOf(u) == shard).Select(static u => (UnitName)u)];

    private (UnitKey[] Started, UnitKey[] Waiting) Both()
    {
        lock (_gate)
            return ([.. _started], [.. _waiting]);
    }

    // Units that have begun are finished: the first result counts.
    private void Drop(HashSet<UnitKey> lost)
    {
        lock (_gate)
        {
            UnitKey[] kept = [.. _waiting.Where(u => !lost.Contains(u))];
            _waiting.Clear();
            foreach (var unit in kept)
                _waiting.Enqueue(unit);
        }
    }
}
