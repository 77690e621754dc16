namespace CognitiveTools.Evals.Runs;

/// <summary>Something that happened in a run. Events of different units may be reported at the same time.</summary>
public abstract record RunEvent;

/// <summary>The run was opened and work begins.</summary>
public sealed record RunStarted : RunEvent
{
    internal RunStarted(RunHeader header, int planned, IReadOnlyList<UnitRecord> finished) =>
        (Header, Planned, Finished) = (header, planned, finished);

    /// <summary>Units of this session's suite in all.</summary>
    public int Planned { get; init; }

    /// <summary>Records of units that earlier sessions finished.</summary>
    public IReadOnlyList<UnitRecord> Finished { get; init; }

    /// <summary>What is run.</summary>
    internal RunHeader Header { get; init; }
}

/// <summary>A unit is being worked on.</summary>
/// <param name="Key">The unit.</param>
internal sealed record UnitStarted(UnitKey Key) : RunEvent;

/// <summary>Units that are worked on now, wherever; of runs whose units others make too.</summary>
/// <param name="Count">How many.</param>
internal sealed record UnitsInFlight(int Count) : RunEvent;

/// <summary>A unit is finished and its record is on disk.</summary>
/// <param name="Record">The record.</param>
public sealed record UnitFinished(UnitRecord Record) : RunEvent;

/// <summary>The session is over.</summary>
/// <param name="Stopped">Why it ended before every unit was finished; <see langword="null"/> when all units are finished.</param>
public sealed record RunFinished(string? Stopped) : RunEvent;
