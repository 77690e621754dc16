namespace CognitiveTools.Evals.Progress;

/// <summary>
/// Progress of a run: units of all sessions, elapsed time and positions per second of this one. The remaining time is an estimate,
/// unknown before this session finished a unit.
/// </summary>
internal sealed record RunSnapshot(
    IReadOnlyList<ArmProgress> Arms, int Finished, int Planned, int InFlight, TimeSpan Elapsed, TimeSpan? Remaining,
    double PositionsPerSecond);
