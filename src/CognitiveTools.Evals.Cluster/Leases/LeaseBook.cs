using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Cluster.Leases;

/// <summary>
/// Which worker has which units, and until when. A unit whose lease ends is given to another worker; the first one may still finish it,
/// and whoever is first counts. Not thread-safe.
/// </summary>
/// <param name="estimates">How long units take.</param>
/// <param name="leaseTime">How long a lease lasts without being renewed.</param>
/// <param name="time">The clock.</param>
internal sealed class LeaseBook(UnitEstimates estimates, TimeSpan leaseTime, TimeProvider time)
{
    private readonly PendingUnits _pending = new(estimates);
    private readonly Dictionary<UnitKey, Held> _leases = [];
    private readonly HashSet<UnitKey> _done = [];
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);

    /// <summary>Units that nobody has.</summary>
    public int Pending => _pending.Count;

    /// <summary>Units that a worker has.</summary>
    public int Leased => _leases.Count;

    /// <summary>
    /// Takes over what a run still needs. Leases of such units go on; leases of others end, and units are no longer counted as done.
    /// </summary>
    public void Load(IReadOnlyCollection<UnitKey> missing)
    {
        var needed = missing.ToHashSet();
        _done.Clear();
        foreach (var key in _leases.Keys.Where(key => !needed.Contains(key)).ToArray())
            _leases.Remove(key);
        foreach (var key in missing.Where(key => !_leases.ContainsKey(key)))
            _pending.Add(key);
    }

    /// <summary>
    /// Leases up to so many units to a worker, fewer when little is left, so that all workers end at about the same time.
    /// </summary>
    /// <param name="worker">The worker.</param>
    /// <param name="count">How many it wants.</param>
    /// <param name="canRun">Whether it can run an arm.</param>
    public IReadOnlyList<UnitKey> Lease(string worker, int count, Func<string, bool> canRun)
    {
        EndOverdue();
        _seen[worker] = time.GetTimestamp();
        var share = Math.Max(1, _pending.Count / (2 * Workers()));
        var units = _pending.Take(worker, Math.Min(count, share), canRun);
        if (units.Count == 0)
            units = Steal(worker, canRun);
        foreach (var unit in units)
            _leases[unit] = new Held(worker, Started: null, time.GetTimestamp());
        return units;
    }

    /// <summary>Renews leases.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="started">Units that it is working on.</param>
    /// <param name="waiting">Units that it has not begun.</param>
    /// <returns>The units that it has no longer: it must not begin them.</returns>
    public IReadOnlyList<UnitKey> Renew(string worker, IReadOnlyCollection<UnitKey> started, IReadOnlyCollection<UnitKey> waiting)
    {
        EndOverdue();
        _seen[worker] = time.GetTimestamp();
        return
        [
            .. started.Where(unit => !Renew(worker, unit, started: true)),
            .. waiting.Where(unit => !Renew(worker, unit, started: false)),
        ];
    }

    /// <summary>A unit's result is in the log, whoever made it.</summary>
    /// <returns>Whether this was not known.</returns>
    public bool Complete(UnitKey unit, double ms)
    {
        if (!_done.Add(unit))
            return false;
        _leases.Remove(unit);
        _pending.Remove(unit);
        estimates.Learn(unit, ms);
        return true;
    }

    /// <summary>A worker gives units back.</summary>
    public void Release(string worker, IEnumerable<UnitKey> units)
    {
        foreach (var unit in units)
        {
            if (_leases.TryGetValue(unit, out var lease) && lease.Worker == worker)
                End(unit);
        }
    }

    private bool Renew(string worker, UnitKey unit, bool started)
    {
        if (_done.Contains(unit))
            return false;
        if (_leases.TryGetValue(unit, out var lease))
        {
            if (lease.Worker != worker)
                return false;
        }
        else if (!started)
        {
            return false; // somebody else may begin it at any moment
        }
        else
        {
            _pending.Remove(unit); // it comes back late, before anybody else began
        }

        _leases[unit] = new Held(worker, started, time.GetTimestamp());
        return true;
    }

    // A unit that its worker said it has not begun, from the worker that has most of them.
    private List<UnitKey> Steal(string worker, Func<string, bool> canRun)
    {
        var waiting = _leases.Where(l => l.Value.Started == false && l.Value.Worker != worker && canRun(l.Key.Arm))
            .GroupBy(static l => l.Value.Worker).MaxBy(static g => g.Count());
        return waiting is null ? [] : [waiting.Last().Key];
    }

    private int Workers() => Math.Max(1, _seen.Values.Count(seen => time.GetElapsedTime(seen) < leaseTime));

    private void EndOverdue()
    {
        foreach (var unit in _leases.Where(l => time.GetElapsedTime(l.Value.Renewed) >= leaseTime).Select(static l => l.Key).ToArray())
            End(unit);
    }

    private void End(UnitKey unit)
    {
        _leases.Remove(unit);
        _pending.Add(unit);
    }

    private readonly record struct Held(string Worker, bool? Started, long Renewed);
}
