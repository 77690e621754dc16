namespace CognitiveTools.Lab.Problems.DataAlchemy;

/// <summary>Figures of one arm on one cell.</summary>
/// <param name="Count">Units.</param>
/// <param name="Answer">The answers.</param>
/// <param name="Reasoning">The think parts; <see langword="null"/> for an arm that thought in latents and shows none.</param>
/// <param name="FullChain">Reasoning and answer together; <see langword="null"/> for the same arms.</param>
internal sealed record ShiftFigures(int Count, PartFigures Answer, PartFigures? Reasoning, PartFigures? FullChain)
{
    /// <summary>Averages scores.</summary>
    /// <param name="scores">At least one.</param>
    /// <param name="shown">Whether the arm shows its reasoning.</param>
    public static ShiftFigures Of(IReadOnlyList<AlchemyScore> scores, bool shown)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return new(
            scores.Count,
            PartFigures.Of([.. scores.Select(score => score.Answer)]),
            shown ? PartFigures.Of([.. scores.Select(score => score.Reasoning)]) : null,
            shown ? PartFigures.Of([.. scores.Select(score => score.FullChain)]) : null);
    }
}
