namespace CognitiveTools.Evals.Cluster.Hosting;

/// <summary>The clock of leases and runs; Orleans has its own.</summary>
/// <param name="Time">The clock.</param>
internal sealed record RunClock(TimeProvider Time);
