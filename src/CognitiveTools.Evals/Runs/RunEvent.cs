namespace CognitiveTools.Evals.Runs;

/// <summary>Something that happened in a run. Events of different units may be reported at the same time.</summary>
public abstract record RunEvent;

/// <summary>The run was opened and work begins.</summary>
/// <param name="Header">What is run.</param>
/// <param name="Planned">Units of this session's suite in all.</param>
/// <param name="Finished">Records of units that earlier sessions finished.</param>
public sealed record RunStarted(RunHeader Header, int Planned, IReadOnlyList<UnitRecord> Finished) : RunEvent;

/// <summary>A unit is being worked on.</summary>
/// <param name="Key">The unit.</param>
public sealed record UnitStarted(UnitKey Key) : RunEvent;

/// <summary>A unit is finished and its record is on disk.</summary>
/// <param name="Record">The record.</param>
public sealed record UnitFinished(UnitRecord Record) : RunEvent;

/// <summary>The session is over.</summary>
/// <param name="Stopped">Why it ended before every unit was finished; <see langword="null"/> when all units are finished.</param>
public sealed record RunFinished(string? Stopped) : RunEvent;
