using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Live;

/// <summary>The finished units of a run, counted as they come.</summary>
internal sealed class RunTally
{
    private readonly Dictionary<string, ArmTally> _arms;
    private readonly HashSet<string> _problems;
    private readonly int _samples;

    public RunTally(RunHeader header)
    {
        _samples = header.Suite.Samples;
        _problems = header.ProblemIds.ToHashSet(StringComparer.Ordinal);
        _arms = header.Suite.Arms.ToDictionary(
            static arm => arm.Name, _ => new ArmTally(_problems.Count * _samples, _samples), StringComparer.Ordinal);
    }

    /// <summary>The units that finished last.</summary>
    public RecentUnits Recent { get; } = new();

    /// <summary>How fast the units of all arms finish.</summary>
    public Pace Pace { get; } = new();

    /// <summary>Finished units.</summary>
    public int Finished => _arms.Values.Sum(static arm => arm.Finished);

    /// <summary>The finished units of an arm of the header.</summary>
    public ArmTally Of(string arm) => _arms[arm];

    /// <summary>Counts a record; one that the header does not plan is left out, as in the report.</summary>
    public void Add(UnitRecord record)
    {
        if (record.Sample < 0 || record.Sample >= _samples || record.Arm is null
            || !_problems.Contains(record.Problem) || !_arms.TryGetValue(record.Arm, out var arm))
            return;
        arm.Add(record);
        Pace.Add(record.Finished, record.Ms);
        Recent.Add(record);
    }
}
