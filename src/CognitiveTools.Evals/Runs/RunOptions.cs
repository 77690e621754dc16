namespace CognitiveTools.Evals.Runs;

/// <summary>How a suite is to be run.</summary>
public sealed record RunOptions
{
    /// <summary>Directory of the run; created when missing, resumed when it holds the same run.</summary>
    public required string Directory { get; init; }

    /// <summary>Units in flight at once.</summary>
    /// <value>The default is 1.</value>
    public int Concurrency { get; init; } = 1;

    /// <summary>
    /// Facts that decide results and that the toolkit cannot see, by name, for instance the version of a host's own model. What
    /// the toolkit's engines, prompts, tools, donors and reasoners are is recorded without them in <c>run.json</c>. A run
    /// is resumed only with the same facts.
    /// </summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Facts about machine and host, for the record only.</summary>
    public IReadOnlyDictionary<string, string> Host { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether units that ended in an error are run again on resume; their new record replaces the old one.</summary>
    /// <value>The default is <see langword="false"/>: finished units stay finished.</value>
    public bool RetryErrors { get; init; }

    /// <summary>What a session may spend.</summary>
    public RunLimits Limits { get; init; } = new();

    /// <summary>
    /// Directory of a cache that runs share: a unit that a run made under exactly the same conditions is taken from there and
    /// marked so. <see langword="null"/> without one.
    /// </summary>
    public string? Cache { get; init; }

    /// <summary>Where the problems come from, by name; for the record only.</summary>
    public IReadOnlyDictionary<string, string>? Data { get; init; }

    /// <summary>Clock of the log.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
