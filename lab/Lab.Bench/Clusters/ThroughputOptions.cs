namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>Size of a measurement of a cluster of one process.</summary>
internal sealed record ThroughputOptions
{
    /// <summary>Units without a model, for completions a second.</summary>
    public int Units { get; init; } = 20_000;

    /// <summary>Units in flight of the worker meanwhile.</summary>
    public int Concurrency { get; init; } = 64;

    /// <summary>Units that take a while, for the overhead of one.</summary>
    public int SlowUnits { get; init; } = 2_000;

    /// <summary>How long such a unit takes on average.</summary>
    public TimeSpan Unit { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Such units in flight at once.</summary>
    public int SlowConcurrency { get; init; } = 8;
}
