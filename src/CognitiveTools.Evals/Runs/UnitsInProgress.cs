using System.Collections.Concurrent;

namespace CognitiveTools.Evals.Runs;

/// <summary>The units that a worker is working on. Thread-safe.</summary>
/// <param name="time">The clock.</param>
internal sealed class UnitsInProgress(TimeProvider time)
{
    private readonly ConcurrentDictionary<UnitKey, UnitText> _units = new();
    private int _finished;

    /// <summary>How many there are.</summary>
    public int Count => _units.Count;

    /// <summary>Units that ended.</summary>
    public int Finished => Volatile.Read(ref _finished);

    /// <summary>A unit begins; what it produces is reported to the text.</summary>
    public UnitText Begin(UnitKey key) => _units[key] = new UnitText(time.GetTimestamp());

    /// <summary>A unit ended.</summary>
    public void End(UnitKey key)
    {
        if (_units.TryRemove(key, out _))
            Interlocked.Increment(ref _finished);
    }

    /// <summary>The units that began first, with what they have produced.</summary>
    public IReadOnlyList<UnitActivity> Oldest(int most)
    {
        var units = _units.ToArray(); // at one moment; LINQ would copy them while they change
        return
        [
            .. units.OrderBy(static u => u.Value.Started).ThenBy(static u => u.Key.Arm, StringComparer.Ordinal).Take(most).Select(Read),
        ];
    }

    private UnitActivity Read(KeyValuePair<UnitKey, UnitText> unit)
    {
        var (parts, leftOut) = unit.Value.Read();
        var seconds = Math.Round(time.GetElapsedTime(unit.Value.Started).TotalSeconds, 1);
        return new UnitActivity(unit.Key.Problem, unit.Key.Arm, unit.Key.Sample, seconds, leftOut, parts);
    }
}
