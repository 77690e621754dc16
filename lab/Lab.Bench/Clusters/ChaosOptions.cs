namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>Size of a chaos test.</summary>
internal sealed record ChaosOptions
{
    /// <summary>Units of a round.</summary>
    public int Units { get; init; } = 20_000;

    /// <summary>Rounds, each with a run of its own.</summary>
    public int Rounds { get; init; } = 10;

    /// <summary>Processes that hold grains.</summary>
    public int Silos { get; init; } = 3;

    /// <summary>Processes that run units.</summary>
    public int Workers { get; init; } = 6;

    /// <summary>Units in flight of a worker.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>Time of a unit on average.</summary>
    public TimeSpan Unit { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long the store is away.</summary>
    public TimeSpan Outage { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What is killed in a round, at random moments in random order.</summary>
    public IReadOnlyList<ChaosEvent> Events { get; init; } = [ChaosEvent.Worker, ChaosEvent.Silo, ChaosEvent.Owner, ChaosEvent.Store];

    /// <summary>How long leases last.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long silos wait for signs of each other.</summary>
    public TimeSpan Probe { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Seed of moments and victims.</summary>
    public int Seed { get; init; }
}

/// <summary>What is killed.</summary>
internal enum ChaosEvent
{
    /// <summary>A worker, which is started again.</summary>
    Worker,

    /// <summary>A silo that does not own the run, which is started again.</summary>
    Silo,

    /// <summary>The silo that owns the run, which is started again.</summary>
    Owner,

    /// <summary>The store, which is away for a while.</summary>
    Store,
}
