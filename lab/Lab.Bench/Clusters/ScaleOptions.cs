namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>What a simulation of many workers simulates.</summary>
internal sealed record ScaleOptions
{
    /// <summary>Workers, one simulation each.</summary>
    public IReadOnlyList<int> Workers { get; init; } = [1, 3, 10, 30, 100, 300, 1000];

    /// <summary>Units that a worker runs at once.</summary>
    public int Places { get; init; } = 4;

    /// <summary>How long a unit takes on average. Single units take from a third to three times that, rarely more (log-normal).</summary>
    public TimeSpan Unit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Units of the run for each place.</summary>
    public int UnitsPerPlace { get; init; } = 10;
}
