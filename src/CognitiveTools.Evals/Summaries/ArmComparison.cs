using System.Text.Json.Serialization;
using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Evals.Summaries;

/// <summary>An arm against another one on the same problems.</summary>
/// <param name="Against">The other arm: the baseline, or for a control the arm it belongs to.</param>
/// <param name="Difference">This arm minus the other.</param>
/// <param name="SamplingError">
/// The part of the difference's standard error that more samples of the same problems would shrink; NaN with one sample per
/// problem.
/// </param>
/// <param name="AdjustedP">
/// p-value with Holm's correction: over all arms compared with the baseline, or over all controls.
/// </param>
public sealed record ArmComparison(
    string Against,
    PairedDifference Difference,
    [property: JsonPropertyName("standard_error_sampling")] double SamplingError,
    [property: JsonPropertyName("p_holm")] double AdjustedP);
