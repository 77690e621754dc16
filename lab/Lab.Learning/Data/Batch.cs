namespace CognitiveTools.Lab.Learning.Data;

/// <summary>Some conversations of a corpus.</summary>
/// <param name="File">The corpus.</param>
/// <param name="Rows">Their numbers.</param>
internal sealed record Batch(TokenFile File, IReadOnlyList<int> Rows)
{
    /// <summary>Thoughts that a latent objective gives them.</summary>
    public int Thoughts { get; init; }

    /// <summary>Positions when all are padded to the longest; those of whole conversations unless an objective learns from less.</summary>
    public long Positions { get; init; } = (long)Rows.Count * Rows.Max(File.Length);
}
