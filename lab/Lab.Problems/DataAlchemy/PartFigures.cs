namespace CognitiveTools.Lab.Problems.DataAlchemy;

/// <summary>The paper's three measures of one part, averaged over units.</summary>
/// <param name="Exact">Share of exact matches.</param>
/// <param name="EditDistance">Mean normalised edit distance.</param>
/// <param name="Bleu">Mean BLEU.</param>
internal sealed record PartFigures(double Exact, double EditDistance, double Bleu)
{
    /// <summary>Averages scores.</summary>
    /// <param name="scores">At least one.</param>
    public static PartFigures Of(IReadOnlyList<ChainScore> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return new(scores.Average(score => score.Exact ? 1.0 : 0), scores.Average(score => score.EditDistance),
            scores.Average(score => score.Bleu));
    }
}
