using System.Text.Json.Serialization;
using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Evals.Summaries;

/// <summary>One row of the headline table. In JSON the parts of <see cref="Accuracy"/> are members of the row.</summary>
public sealed record ArmSummary
{
    /// <summary>The arm's name.</summary>
    [JsonPropertyName("arm")]
    public required string Name { get; init; }

    /// <summary>The arm's reasoner in the short form.</summary>
    public required string Reasoner { get; init; }

    /// <summary>The arm this one is a control of.</summary>
    public string? ControlOf { get; init; }

    /// <summary>Finished units.</summary>
    public required int Units { get; init; }

    /// <summary>Problems with at least one finished unit.</summary>
    public required int Problems { get; init; }

    /// <summary>Share of correct samples, averaged over problems; <see langword="null"/> when no unit is finished.</summary>
    [JsonIgnore]
    public required Estimate? Accuracy { get; init; }

    [JsonInclude]
    [JsonPropertyName("accuracy")]
    internal double? Mean => Accuracy?.Mean;

    [JsonInclude]
    internal double? StandardErrorQuestions => Accuracy?.StandardError;

    /// <summary>
    /// The error that new runs on the same problems would show; NaN with one sample per problem.
    /// </summary>
    [JsonPropertyName("standard_error_sampling")]
    public required double SamplingError { get; init; }

    /// <summary>
    /// Standard error over clusters of problems that are not independent; NaN when no problem has a cluster.
    /// </summary>
    [JsonPropertyName("standard_error_clusters")]
    public double ClusteredError { get; init; } = double.NaN;

    [JsonInclude]
    internal Interval? Interval => Accuracy?.Interval;

    [JsonInclude]
    internal string? IntervalMethod => Accuracy?.Method;

    /// <summary>Correct units.</summary>
    public required int Correct { get; init; }

    /// <summary>Units with a wrong answer.</summary>
    public required int Incorrect { get; init; }

    /// <summary>Units that ended without an answer, those without a response included.</summary>
    public required int NoAnswer { get; init; }

    /// <summary>Units that a limit cut before an answer.</summary>
    public required int Truncated { get; init; }

    /// <summary>Units that failed.</summary>
    public required int Errors { get; init; }

    /// <summary>Units in which two answer markers disagreed.</summary>
    public required int Conflicts { get; init; }

    /// <summary>Units that name the reference answer but do not give it as their answer.</summary>
    public required int GoldSeenUnextracted { get; init; }

    /// <summary>Units that state the reference answer where their text concludes, although it was not read as the answer.</summary>
    public int GoldConcluded { get; init; }

    /// <summary>Units without a response among those that were graded; they count as without an answer.</summary>
    public int Missing { get; init; }

    /// <summary>Units whose usage is not fully known: nothing or only a part of it was reported.</summary>
    public int UsageUnknown { get; init; }

    /// <summary>Of these, units for which nothing is known.</summary>
    [JsonIgnore]
    public int UsageMissing { get; init; }

    /// <summary>
    /// Median positions per unit, all purposes together, over the answered units whose usage is known; NaN without such a unit.
    /// </summary>
    public required double MedianPositions { get; init; }

    /// <summary>Median visible tokens per unit, thoughts not counted, over the same units.</summary>
    public required double MedianVisibleTokens { get; init; }

    /// <summary>Median thought tokens per unit, those of tools included, over the same units.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double MedianThoughtTokens { get; init; }

    /// <summary>Median wall time of a unit in seconds.</summary>
    public required double MedianSeconds { get; init; }

    /// <summary>pass@k, maj@k and their like; empty with one sample per problem.</summary>
    public IReadOnlyList<SampledFigures> Sampled { get; init; } = [];

    /// <summary>The comparison with the baseline or with the arm that this is a control of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ArmComparison? Comparison { get; init; }
}
