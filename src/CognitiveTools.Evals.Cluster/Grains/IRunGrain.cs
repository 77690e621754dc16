namespace CognitiveTools.Evals.Cluster.Grains;

/// <summary>
/// Owns a run: its key is the hash of everything that decides the run's results. Opens the run's log, is its one writer, and says what is
/// missing. What it knows is on disk or is told again, so it has no state in a store.
/// </summary>
internal interface IRunGrain : IGrainWithStringKey
{
    /// <summary>Opens the run, or joins it when it is open. The same call opens it again after its owner died.</summary>
    Task<RunOpened> OpenAsync(RunOrder order);

    /// <summary>What a worker needs; <see langword="null"/> while the run is not open, and when it is over.</summary>
    Task<RunOffer?> DescribeAsync();

    /// <summary>A worker is alive. It says so about once a second.</summary>
    Task<RunPulse> PulseAsync(WorkerNews worker);

    /// <summary>A worker leaves.</summary>
    Task LeaveAsync(string worker);

    /// <summary>The missing units of a shard.</summary>
    Task<ShardWork> WorkAsync(int shard);

    /// <summary>Writes results. Returns when they are on disk. A result of a unit that is there already is dropped.</summary>
    Task<Receipt> AppendAsync(IReadOnlyList<UnitResult> results);

    /// <summary>How the run stands, with records from a place of the list on.</summary>
    Task<RunNews> NewsAsync(int from);
}
