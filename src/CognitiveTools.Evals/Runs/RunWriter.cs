namespace CognitiveTools.Evals.Runs;

/// <summary>Who holds a run's directory.</summary>
internal sealed record RunWriter(int Process, string Machine, DateTimeOffset Since)
{
    /// <summary>This process in words.</summary>
    public static string NameOfThis { get; } = NameOf(Environment.ProcessId, Environment.MachineName);

    /// <summary>The writer in words; not a part of the file.</summary>
    public string InWords() => NameOf(Process, Machine);

    private static string NameOf(int process, string machine) => FormattableString.Invariant($"process {process} on {machine}");
}
