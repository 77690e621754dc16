using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Exports;

/// <summary>One finished unit as a flat row, for tables that other programs read.</summary>
internal sealed class UnitRow
{
    /// <summary>The run's name.</summary>
    public required string Run { get; init; }

    /// <summary>The problem's id.</summary>
    public required string Problem { get; init; }

    /// <summary>The arm's name.</summary>
    public required string Arm { get; init; }

    /// <summary>Zero-based sample index.</summary>
    public required int Sample { get; init; }

    /// <summary>The verdict: correct, incorrect, no_answer, truncated or error.</summary>
    public required string Status { get; init; }

    /// <summary>Whether it is correct.</summary>
    public required bool Correct { get; init; }

    /// <summary>The normalised answer; empty when there is none.</summary>
    public required string Answer { get; init; }

    /// <summary>The reference answer.</summary>
    public required string Gold { get; init; }

    /// <summary>The problem's cluster; empty when it has none.</summary>
    public required string Cluster { get; init; }

    /// <summary>The seed the reasoner was given.</summary>
    public required int Seed { get; init; }

    /// <summary>What is known of the positions: <c>complete</c>, <c>incomplete</c> or <c>unknown</c>; but for the first they are empty.</summary>
    public required string Usage { get; init; }

    /// <summary>All positions.</summary>
    public required long? Positions { get; init; }

    /// <summary>Prompt positions of the main context.</summary>
    public required long? Prompt { get; init; }

    /// <summary>Visible generated positions of the main context.</summary>
    public required long? Generated { get; init; }

    /// <summary>Latent positions.</summary>
    public required long? Latent { get; init; }

    /// <summary>Prompt positions of tool calls.</summary>
    public required long? ToolPrompt { get; init; }

    /// <summary>Generated positions of tool calls.</summary>
    public required long? ToolGenerated { get; init; }

    /// <summary>Positions of branches that did not reach the answer.</summary>
    public required long? Discarded { get; init; }

    /// <summary>Of all positions those served from a cache.</summary>
    public required long? Cached { get; init; }

    /// <summary>Wall time in milliseconds.</summary>
    public required double Ms { get; init; }

    /// <summary>Tool calls.</summary>
    public required int Calls { get; init; }

    /// <summary>Latent thoughts.</summary>
    public required int Thoughts { get; init; }

    /// <summary>Why the solve ended; empty when it threw.</summary>
    public required string Stop { get; init; }

    /// <summary>What went wrong; empty when nothing did.</summary>
    public required string Error { get; init; }

    /// <summary>SHA-256 of the transcript; empty when there is none.</summary>
    public required string Transcript { get; init; }

    /// <summary>Whether the graded responses have none for it.</summary>
    public required bool Missing { get; init; }

    /// <summary>The units of a run as rows, in the run's order.</summary>
    public static IReadOnlyList<UnitRow> Of(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return [.. run.Units.Select(unit => Of(run.Header.Id, unit))];
    }

    private static UnitRow Of(string run, UnitRecord unit) => new()
    {
        Run = run,
        Problem = unit.Problem,
        Arm = unit.Arm,
        Sample = unit.Sample,
        Status = RunFormat.NameOf(unit.Status),
        Correct = unit.Status == SampleStatus.Correct,
        Answer = unit.Answer ?? "",
        Gold = unit.Gold,
        Cluster = unit.Cluster ?? "",
        Seed = unit.Seed,
        Usage = !unit.Usage.Incomplete ? "complete" : unit.Usage.IsMissing ? "unknown" : "incomplete",
        Positions = unit.Usage.Known(usage => usage.Positions),
        Prompt = unit.Usage.Known(usage => usage.Prompt),
        Generated = unit.Usage.Known(usage => usage.Generated),
        Latent = unit.Usage.Known(usage => usage.Latent),
        ToolPrompt = unit.Usage.Known(usage => usage.ToolPrompt),
        ToolGenerated = unit.Usage.Known(usage => usage.ToolGenerated),
        Discarded = unit.Usage.Known(usage => usage.Discarded),
        Cached = unit.Usage.Known(usage => usage.Cached),
        Ms = unit.Ms,
        Calls = unit.Calls.Count,
        Thoughts = unit.Thoughts,
        Stop = unit.Stop ?? "",
        Error = unit.Error ?? "",
        Transcript = unit.Transcript ?? "",
        Missing = unit.Missing,
    };
}
