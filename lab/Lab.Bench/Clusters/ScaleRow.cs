namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>What a simulated run took.</summary>
/// <param name="Workers">Workers.</param>
/// <param name="Units">Units, all of them in the log once.</param>
/// <param name="Ideal">Time of the run if all places worked all the time.</param>
/// <param name="Duration">Time of the run on the simulated clock.</param>
/// <param name="Leases">How often a worker asked for units, from one shard or from all of them.</param>
/// <param name="Beats">Signs of life, with the renewals that were due.</param>
/// <param name="Completions">Calls that bring results.</param>
/// <param name="LeaseCost">Processor time of the leases, measured.</param>
/// <param name="BeatCost">Processor time of the signs of life, measured.</param>
/// <param name="CompletionCost">Processor time of the completions, measured.</param>
/// <param name="LogBytes">Bytes of log and transcripts.</param>
internal sealed record ScaleRow(
    int Workers,
    int Units,
    TimeSpan Ideal,
    TimeSpan Duration,
    int Leases,
    int Beats,
    int Completions,
    TimeSpan LeaseCost,
    TimeSpan BeatCost,
    TimeSpan CompletionCost,
    long LogBytes)
{
    /// <summary>Share of the workers' time in which they worked on units.</summary>
    public double Efficiency => Ideal / Duration;

    /// <summary>Processor seconds of the grains in a second of the run: how many cores the run's silo needs.</summary>
    public double Cores => (LeaseCost + BeatCost + CompletionCost) / Duration;

    /// <summary>Calls of workers.</summary>
    public int Calls => Leases + Beats + Completions;
}
