namespace CognitiveTools.Evals.Runs;

/// <summary>Who holds a run's directory.</summary>
internal sealed record RunWriter(int Process, string Machine, DateTimeOffset Since);
