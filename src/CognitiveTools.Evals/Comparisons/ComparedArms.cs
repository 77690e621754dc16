using System.Text.Json.Serialization;
using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Evals.Comparisons;

/// <summary>Two arms on the problems that both answered.</summary>
internal sealed record ComparedArms
{
    /// <summary>The first arm.</summary>
    public required string First { get; init; }

    /// <summary>The second arm.</summary>
    public required string Second { get; init; }

    /// <summary>Accuracy of the first arm on the common problems.</summary>
    public required double FirstAccuracy { get; init; }

    /// <summary>Accuracy of the second arm on the common problems.</summary>
    public required double SecondAccuracy { get; init; }

    /// <summary>Median positions per sample of the first arm.</summary>
    [JsonPropertyName("first_median_positions")]
    public required double FirstPositions { get; init; }

    /// <summary>Median positions per sample of the second arm.</summary>
    [JsonPropertyName("second_median_positions")]
    public required double SecondPositions { get; init; }

    /// <summary>Second minus first.</summary>
    public required PairedDifference Difference { get; init; }

    /// <summary>p-value with Holm's correction over all pairs compared together.</summary>
    [JsonPropertyName("p_holm")]
    public double AdjustedP { get; init; }

    /// <summary>Problems that only one of the two answered; they are not compared.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Ids of the problems on which the second arm is better.</summary>
    public required IReadOnlyList<string> Gained { get; init; }

    /// <summary>Ids of the problems on which the second arm is worse.</summary>
    public required IReadOnlyList<string> Lost { get; init; }
}
