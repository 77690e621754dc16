namespace CognitiveTools.Lab.Learning.Concepts;

/// <summary>What a solver wrote.</summary>
/// <param name="Lines">The lines, in tokens.</param>
/// <param name="Positions">Rows through a network: tokens read and written, concepts, queries.</param>
/// <param name="Multiplications">Multiplications with weights; those of attention with keys and values are left out.</param>
internal sealed record LinedAnswer(IReadOnlyList<IReadOnlyList<int>> Lines, long Positions, long Multiplications);
