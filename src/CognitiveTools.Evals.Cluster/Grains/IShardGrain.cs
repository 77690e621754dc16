namespace CognitiveTools.Evals.Cluster.Grains;

/// <summary>Leases the units of a part of a run's problems. Its key is the run's, a slash, and a number.</summary>
internal interface IShardGrain : IGrainWithStringKey
{
    /// <summary>Leases units.</summary>
    Task<LeaseReply> LeaseAsync(LeaseRequest request);

    /// <summary>Renews leases, and returns the units that the worker has no longer.</summary>
    Task<IReadOnlyList<UnitName>> RenewAsync(string worker, IReadOnlyList<UnitName> started, IReadOnlyList<UnitName> waiting);

    /// <summary>
    /// Brings results to the run's log. Returns when they are on disk. The same result may be brought any number of times.
    /// </summary>
    Task<Receipt> CompleteAsync(IReadOnlyList<UnitResult> results);

    /// <summary>Gives units back.</summary>
    Task ReleaseAsync(string worker, IReadOnlyList<UnitName> units);
}
