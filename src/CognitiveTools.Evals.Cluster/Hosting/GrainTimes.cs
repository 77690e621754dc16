namespace CognitiveTools.Evals.Cluster.Hosting;

/// <summary>Times that grains keep.</summary>
/// <param name="Lease">How long a lease lasts without being renewed.</param>
internal sealed record GrainTimes(TimeSpan Lease);
