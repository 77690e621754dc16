using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Lab.Problems.Shifted;

/// <summary>Two arms in a cell.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Against">The arm that it is compared with.</param>
/// <param name="Difference">The first minus the second, paired by problem.</param>
/// <param name="AdjustedP">p of no difference, after Holm over all cells and all arms that it is compared with.</param>
internal sealed record CellDifference(string Cell, string Arm, string Against, PairedDifference Difference, double AdjustedP);
