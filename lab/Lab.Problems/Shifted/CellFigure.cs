using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Lab.Problems.Shifted;

/// <summary>An arm in a cell.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Problems">Problems that it has units of.</param>
/// <param name="Units">Units.</param>
/// <param name="Accuracy">Share of right units.</param>
/// <param name="Positions">Median of the positions of a unit; <see langword="null"/> when one of them is not known.</param>
internal sealed record CellFigure(string Cell, string Arm, int Problems, int Units, double Accuracy, double? Positions)
{
    /// <summary>Sums units up, of which there is at least one.</summary>
    public static CellFigure Of(string cell, string arm, IReadOnlyList<UnitRecord> units)
    {
        long[] sorted = [.. units.Select(static unit => unit.Usage.Positions).Order()];
        return new CellFigure(
            cell,
            arm,
            units.Select(static unit => unit.Problem).Distinct(StringComparer.Ordinal).Count(),
            units.Count,
            units.Average(static unit => unit.Status == SampleStatus.Correct ? 1.0 : 0.0),
            units.Any(static unit => unit.Usage.Incomplete) ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0);
    }
}
