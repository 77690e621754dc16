namespace CognitiveTools.Evals.Runs;

/// <summary>Who holds a run's directory.</summary>
internal sealed record RunWriter(int Process, string Machine, DateTimeOffset Since)
{
    /// <summary>This process in words.</summary>
    public static string NameOfThis { get; } = FormattableString.Invariant($"process {Environment.ProcessId} on {Environment.MachineName}");
}
