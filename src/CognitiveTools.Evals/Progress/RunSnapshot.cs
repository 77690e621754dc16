namespace CognitiveTools.Evals.Progress;

/// <summary>Where a run stands.</summary>
/// <param name="Arms">The arms in the suite's order.</param>
/// <param name="Finished">Finished units, those of earlier sessions included.</param>
/// <param name="Planned">Units in all.</param>
/// <param name="InFlight">Units being worked on.</param>
/// <param name="Elapsed">Time of this session.</param>
/// <param name="Remaining">Estimate of the time to go; <see langword="null"/> before this session finished a unit.</param>
/// <param name="PositionsPerSecond">Positions of this session's finished units per second.</param>
internal sealed record RunSnapshot(
    IReadOnlyList<ArmProgress> Arms, int Finished, int Planned, int InFlight, TimeSpan Elapsed, TimeSpan? Remaining, double PositionsPerSecond);
