namespace CognitiveTools.Evals.Progress;

/// <summary>
/// Progress of a run: units of all sessions, elapsed time and positions per second of this one. The remaining time is an estimate,
/// unknown before this session finished a unit. The positions of the whole run are estimated from every arm's mean, and unknown
/// before every arm has a unit whose usage is known.
/// </summary>
internal sealed record RunSnapshot(
    IReadOnlyList<ArmProgress> Arms, int Finished, int Planned, int InFlight, TimeSpan Elapsed, TimeSpan? Remaining,
    double PositionsPerSecond, double? PositionsInAll);
