using CognitiveTools.Evals.Problems;

namespace CognitiveTools.Evals.Runs;

/// <summary>A run and the units it has finished.</summary>
public sealed record RunResult
{
    internal RunResult(string directory, RunHeader header, IReadOnlyList<UnitRecord> units) =>
        (Directory, Header, Units) = (directory, header, units);

    /// <summary>Where it is stored.</summary>
    public string Directory { get; init; }

    /// <summary>The finished units in the order of the suite: by sample, then problem, then arm.</summary>
    public IReadOnlyList<UnitRecord> Units { get; init; }

    /// <summary>What was run.</summary>
    internal RunHeader Header { get; init; }

    /// <summary>The limit that ended the session; <see langword="null"/> without one.</summary>
    public string? Stopped { get; init; }

    /// <summary>Whether no unit is missing.</summary>
    public bool Complete => Units.Count == Header.Planned;

    /// <summary>Reads a stored run, finished or not, without changing it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no run in the directory.</exception>
    /// <exception cref="InvalidDataException">A file of the run is damaged.</exception>
    public static RunResult Load(string directory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        var header = RunFiles.ReadHeader(directory)
            ?? throw new DirectoryNotFoundException(
                $"'{directory}' holds no run (there is no run.json). Give the directory that an eval printed.");
        return From(directory, header, RunFiles.ReadUnits(directory).Units);
    }

    /// <summary>The problems as asked, in the order of the file, by id; empty for a run of a version that did not store them.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public IReadOnlyDictionary<string, Problem> Problems() => RunFiles.ReadProblems(Directory);

    /// <summary>A unit's transcript; <see langword="null"/> when the unit threw.</summary>
    /// <exception cref="InvalidDataException">The transcript is missing or damaged.</exception>
    public StoredTranscript? TranscriptOf(UnitRecord unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Transcript is { } hash ? Transcript.Read(new TranscriptStore(Directory).Load(hash)) : null;
    }

    internal static RunResult From(string directory, RunHeader header, IReadOnlyDictionary<UnitKey, UnitRecord> units) =>
        new(directory, header, [.. RunPlan.Keys(header).Where(units.ContainsKey).Select(k => units[k])]);
}
