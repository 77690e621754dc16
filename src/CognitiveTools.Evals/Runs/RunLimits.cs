namespace CognitiveTools.Evals.Runs;

/// <summary>
/// What a session of a run may spend. When a limit is reached no further unit begins, units in flight are finished, and the
/// same call resumes the run.
/// </summary>
public sealed record RunLimits
{
    /// <summary>Units that must be finished before the share of errors is looked at.</summary>
    public const int FewestForErrorShare = 20;

    /// <summary>Positions of this session's units together; <see langword="null"/> for no limit.</summary>
    public long? Positions { get; init; }

    /// <summary>Wall time of this session; <see langword="null"/> for no limit.</summary>
    public TimeSpan? WallTime { get; init; }

    /// <summary>
    /// Share of this session's units that may end in an error, between 0 and 1; more, after at least
    /// <see cref="FewestForErrorShare"/> units, stops the run.
    /// </summary>
    /// <value>The default is 0.5. 1 never stops.</value>
    public double ErrorShare { get; init; } = 0.5;
}
