using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Exports;

/// <summary>
/// One finished unit as a flat row, for tables that other programs read; the names of the properties are the columns. A text that
/// the unit lacks is empty.
/// </summary>
internal sealed class UnitRow
{
    public required string Run { get; init; }
    public required string Problem { get; init; }
    public required string Arm { get; init; }
    public required int Sample { get; init; }

    /// <summary>The verdict: correct, incorrect, no_answer, truncated or error.</summary>
    public required string Status { get; init; }
    public required bool Correct { get; init; }
    public required string Answer { get; init; }
    public required string Gold { get; init; }
    public required string Cluster { get; init; }
    public required int Seed { get; init; }

    /// <summary>What is known of the positions: complete, incomplete or unknown; they are empty unless it is complete.</summary>
    public required string Usage { get; init; }
    public required long? Positions { get; init; }
    public required long? Prompt { get; init; }
    public required long? Generated { get; init; }
    public required long? Latent { get; init; }
    public required long? ToolPrompt { get; init; }
    public required long? ToolGenerated { get; init; }
    public required long? Discarded { get; init; }
    public required long? Cached { get; init; }

    /// <summary>Of <see cref="Generated"/> those of thoughts.</summary>
    public required long? ThoughtTokens { get; init; }

    /// <summary>Of <see cref="ToolGenerated"/> those of thoughts.</summary>
    public required long? ToolThoughtTokens { get; init; }

    /// <summary>Wall time in milliseconds.</summary>
    public required double Ms { get; init; }
    public required int Calls { get; init; }
    public required int Thoughts { get; init; }

    /// <summary>Why the solve ended; empty when it threw.</summary>
    public required string Stop { get; init; }
    public required string Error { get; init; }

    /// <summary>SHA-256 of the transcript.</summary>
    public required string Transcript { get; init; }

    /// <summary>Whether the graded responses lack it.</summary>
    public required bool Missing { get; init; }

    /// <summary>The units of a run as rows, in the run's order.</summary>
    public static IReadOnlyList<UnitRow> Of(RunResult run) => [.. run.Units.Select(unit => Of(run.Header.Id, unit))];

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
        ThoughtTokens = unit.Usage.Known(usage => usage.ThoughtTokens),
        ToolThoughtTokens = unit.Usage.Known(usage => usage.ToolThoughtTokens),
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
