namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>A kill and what followed.</summary>
/// <param name="Event">What was killed.</param>
/// <param name="Finished">Units that were finished then.</param>
/// <param name="Pause">The longest time without a finished unit in the two minutes after it, as far as the run went on.</param>
internal sealed record ChaosKill(ChaosEvent Event, int Finished, TimeSpan Pause);

/// <summary>A round.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Elapsed">Wall time of the run.</param>
/// <param name="Kills">The kills in order.</param>
/// <param name="Lost">Units that the log lacks.</param>
/// <param name="Twice">Units that the log has more than once.</param>
/// <param name="Wrong">Units whose verdict is not that of a run on one machine.</param>
/// <param name="Repeats">Results that came a second time to the last owner, and were dropped.</param>
internal sealed record ChaosRound(int Number, TimeSpan Elapsed, IReadOnlyList<ChaosKill> Kills, int Lost, int Twice, int Wrong, int Repeats)
{
    /// <summary>Whether every unit is there once, with its verdict.</summary>
    public bool IsRight => Lost == 0 && Twice == 0 && Wrong == 0;
}
