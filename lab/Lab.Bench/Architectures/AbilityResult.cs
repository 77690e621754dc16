using System.Globalization;

namespace CognitiveTools.Lab.Bench.Architectures;

/// <summary>What was measured of an ability.</summary>
/// <param name="Difference">The largest difference of a logit from a separate run; NaN when nothing could be compared.</param>
/// <param name="Problem">Why nothing could be compared.</param>
internal sealed record AbilityResult(float Difference, string? Problem)
{
    /// <summary>Whether the ability was refused with a reason, before anything was computed.</summary>
    public bool IsRefused { get; init; }

    /// <summary>The largest difference that rounding in batches of other shapes explains.</summary>
    public const float Tolerance = 1e-3f;

    /// <summary>Whether separate runs give the same.</summary>
    public bool IsEqual => Difference < Tolerance;

    public override string ToString() => Problem ?? (Difference == 0 ? "0" : Difference.ToString("0.0E+0", CultureInfo.InvariantCulture));
}
