using System.Text.Json.Serialization;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Summaries;

/// <summary>What a run says, computed from its log alone.</summary>
public sealed record Summary
{
    [JsonInclude]
    [JsonPropertyName("v")]
    internal int Version { get; } = 1;

    /// <summary>The suite's name.</summary>
    public required string Suite { get; init; }

    /// <summary>The run's directory.</summary>
    public required string Directory { get; init; }

    /// <summary>Finished units.</summary>
    public required int Finished { get; init; }

    /// <summary>Planned units.</summary>
    public required int Planned { get; init; }

    /// <summary>Samples per problem and arm.</summary>
    public required int Samples { get; init; }

    /// <summary>The arm others are compared with.</summary>
    public required string Baseline { get; init; }

    /// <summary>The arms in the suite's order, each followed by its controls.</summary>
    public required IReadOnlyList<ArmSummary> Arms { get; init; }

    /// <summary>Counts of tool calls by arm, tool and outcome; empty when no arm called a tool.</summary>
    [JsonInclude]
    internal IReadOnlyList<ToolSummary> Tools { get; init; } = [];

    /// <summary>What arms that choose among several solves found and chose; empty without such an arm.</summary>
    [JsonInclude]
    internal IReadOnlyList<BranchSummary> Branches { get; init; } = [];

    /// <summary>What several solves found of problems with several right answers; <see langword="null"/> without such problems.</summary>
    [JsonInclude, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal IReadOnlyList<SolutionCurve>? Solutions { get; init; }

    /// <summary>How far mixtures were from greedy decoding; empty when no mixture was compared.</summary>
    [JsonInclude]
    internal IReadOnlyList<AgreementSummary> Agreements { get; init; } = [];

    /// <summary>Arms against the baseline's vote at the same cost; empty with one sample per problem.</summary>
    [JsonInclude]
    internal IReadOnlyList<EqualCost> AtEqualCost { get; init; } = [];

    /// <summary>What others published for the arms; empty when the suite holds no published figures.</summary>
    [JsonInclude]
    internal IReadOnlyList<PublishedRow> Published { get; init; } = [];

    /// <summary>What to know before reading the table.</summary>
    public IReadOnlyList<string> Warnings => [.. WarningDetails.Select(warning => warning.Text)];

    /// <summary>The warnings with their units.</summary>
    [JsonIgnore]
    internal IReadOnlyList<SummaryWarning> WarningDetails { get; init; } = [];

    /// <summary>The smallest difference that each comparison could have found.</summary>
    public required IReadOnlyList<string> Power { get; init; }

    /// <summary>
    /// The arm with the highest accuracy, controls left out, without the tests of a whole summary; <see langword="null"/> when
    /// no unit is finished.
    /// </summary>
    public static (string Arm, double Accuracy)? BestArm(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var arms = ArmTable.Accuracies(run).ToArray();
        return arms.Length == 0 ? null : arms.MaxBy(a => a.Accuracy);
    }

    /// <summary>Summarises a run, finished or not.</summary>
    public static Summary From(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var arms = ArmTable.Of(run);
        return new Summary
        {
            Suite = run.Header.Suite.Name,
            Directory = run.Directory,
            Finished = run.Units.Count,
            Planned = run.Header.Planned,
            Samples = run.Header.Suite.Samples,
            Baseline = run.Header.Suite.BaselineArm.Name,
            Arms = arms,
            Tools = ToolSummary.Of(run),
            Branches = BranchSummary.Of(run),
            Solutions = SolutionCurve.Of(run) is { Count: > 0 } curves ? curves : null,
            Agreements = AgreementSummary.Of(run),
            AtEqualCost = EqualCost.Of(run),
            Published = PublishedRow.Of(run),
            WarningDetails = [.. SummaryWarnings.Of(run, arms)],
            Power = [.. PowerLines.Of(arms, run.Header.Suite.Samples)],
        };
    }
}
