namespace CognitiveTools.Evals.Cluster.Grains;

/// <summary>The workers of a run that are alive.</summary>
/// <param name="forget">After this time without a sign a worker counts as gone.</param>
/// <param name="time">The clock.</param>
internal sealed class WorkerList(TimeSpan forget, TimeProvider time)
{
    private readonly Dictionary<string, (WorkerNews News, long Seen)> _workers = new(StringComparer.Ordinal);

    /// <summary>A worker gave a sign.</summary>
    public void Saw(WorkerNews worker) => _workers[worker.Name] = (worker, time.GetTimestamp());

    /// <summary>A worker left.</summary>
    public void Remove(string worker) => _workers.Remove(worker);

    /// <summary>Those that gave a sign not long ago, by name.</summary>
    public IReadOnlyList<WorkerNews> Alive() =>
    [
        .. _workers.Values.Where(w => time.GetElapsedTime(w.Seen) < forget).Select(static w => w.News)
            .OrderBy(static w => w.Name, StringComparer.Ordinal),
    ];

    /// <summary>Whether every worker alive has said since a moment that it has no unit.</summary>
    public bool AreIdleSince(long moment) => _workers.Values.Where(w => time.GetElapsedTime(w.Seen) < forget)
        .All(w => w.News.InFlight == 0 && w.Seen >= moment);
}
