using System.Collections.Concurrent;

namespace CognitiveTools.Lab.Bench.Soak;

/// <summary>Counts what callers did and what failed beyond the injected failures. Thread-safe.</summary>
internal sealed class SoakTally
{
    private const int LongestMessage = 300; // characters

    private readonly ConcurrentDictionary<string, long> _operations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _failures = new(StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, long> Operations => new SortedDictionary<string, long>(_operations, StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, long> Failures => new SortedDictionary<string, long>(_failures, StringComparer.Ordinal);

    internal long Total => _operations.Values.Sum();

    internal void Did(string operation) => _operations.AddOrUpdate(operation, 1, static (_, count) => count + 1);

    internal void Failed(string what)
    {
        var text = what.Length > LongestMessage ? what[..LongestMessage] : what;
        _failures.AddOrUpdate(text, 1, static (_, count) => count + 1);
    }
}
