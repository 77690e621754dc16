using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Cluster.Leases;

/// <summary>
/// Units that nobody has, in groups of one sample of one problem with all its arms. The arms of a group share most of a prompt, so a
/// group goes to one worker while there are other groups. Early samples come first, then long problems; within a group long arms.
/// </summary>
internal sealed class PendingUnits(UnitEstimates estimates)
{
    private readonly Dictionary<(int Sample, string Problem), Group> _groups = [];
    private readonly SortedSet<Group> _order = new(new ByNeed());
    private readonly Dictionary<string, HashSet<Group>> _homes = new(StringComparer.Ordinal);
    private int _made;

    /// <summary>Units in it.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a unit; one that is there already stays once.</summary>
    public void Add(UnitKey key)
    {
        var name = (key.Sample, key.Problem);
        if (!_groups.TryGetValue(name, out var group))
            _groups[name] = group = new Group(_made++, key.Sample, estimates.OfProblem(key.Problem));
        if (!group.Arms.TryAdd(key.Arm, key))
            return;
        Count++;
        _order.Add(group);
        if (group.Home is { } home)
            HomeOf(home).Add(group);
    }

    /// <summary>Removes a unit if it is there.</summary>
    public void Remove(UnitKey key)
    {
        if (_groups.TryGetValue((key.Sample, key.Problem), out var group))
            Remove(group, key);
    }

    /// <summary>
    /// Takes up to so many units for a worker: first of its own groups, then of new ones, at last of other workers' groups.
    /// </summary>
    public List<UnitKey> Take(string worker, int count, Func<string, bool> canRun)
    {
        var taken = new List<UnitKey>();
        foreach (var group in HomeOf(worker).OrderBy(static g => g, new ByNeed()).ToArray())
            Take(group, worker, count, canRun, taken);
        if (taken.Count < count)
            TakeOf(_order.Where(static g => g.Home is null), worker, count, canRun, taken);
        if (taken.Count == 0)
            TakeOf(_order, worker, count, canRun, taken);
        return taken;
    }

    private void TakeOf(IEnumerable<Group> order, string worker, int count, Func<string, bool> canRun, List<UnitKey> taken)
    {
        // Groups leave the order while units are taken, so the ones to take from are found first.
        var chosen = new List<Group>();
        var units = taken.Count;
        foreach (var group in order)
        {
            if (units >= count)
                break;
            if (group.Arms.Keys.Count(canRun) is > 0 and var able)
            {
                chosen.Add(group);
                units += able;
            }
        }

        foreach (var group in chosen)
            Take(group, worker, count, canRun, taken);
    }

    private void Take(Group group, string worker, int count, Func<string, bool> canRun, List<UnitKey> taken)
    {
        // An arm of which nothing is known comes first: then its length is known soon.
        UnitKey[] units =
        [
            .. group.Arms.Values.Where(u => canRun(u.Arm)).OrderByDescending(u => estimates.OfArm(u.Arm) ?? double.MaxValue)
                .Take(count - taken.Count),
        ];
        if (units.Length == 0)
            return;
        if (group.Home != worker)
        {
            if (group.Home is { } before)
                HomeOf(before).Remove(group);
            group.Home = worker;
            HomeOf(worker).Add(group);
        }

        foreach (var unit in units)
        {
            Remove(group, unit);
            taken.Add(unit);
        }
    }

    private void Remove(Group group, UnitKey key)
    {
        if (!group.Arms.Remove(key.Arm))
            return;
        Count--;
        if (group.Arms.Count > 0)
            return;
        _order.Remove(group);
        if (group.Home is { } home)
            HomeOf(home).Remove(group);
    }

    private HashSet<Group> HomeOf(string worker) =>
        _homes.TryGetValue(worker, out var groups) ? groups : _homes[worker] = [];

    private sealed class Group(int number, int sample, double estimate)
    {
        public int Number => number;

        public int Sample => sample;

        public double Estimate => estimate;

        /// <summary>The worker that had a unit of it last.</summary>
        public string? Home { get; set; }

        public SortedDictionary<string, UnitKey> Arms { get; } = new(StringComparer.Ordinal);
    }

    private sealed class ByNeed : IComparer<Group>
    {
        public int Compare(Group? x, Group? y)
        {
            var bySample = x!.Sample.CompareTo(y!.Sample);
            var byEstimate = bySample != 0 ? bySample : y.Estimate.CompareTo(x.Estimate);
            return byEstimate != 0 ? byEstimate : x.Number.CompareTo(y.Number);
        }
    }
}
