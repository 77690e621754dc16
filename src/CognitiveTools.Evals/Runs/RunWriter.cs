namespace CognitiveTools.Evals.Runs;

/// <summary>Who holds a run's directory.</summary>
/// <param name="Process">Process id.</param>
/// <param name="Machine">Machine name.</param>
/// <param name="Since">When it took the directory.</param>
internal sealed record RunWriter(int Process, string Machine, DateTimeOffset Since);
