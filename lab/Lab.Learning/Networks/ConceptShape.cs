namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>Sizes of a <see cref="ConceptModel"/>.</summary>
/// <param name="Vocabulary">Tokens of the lines.</param>
/// <param name="Width">Width of the residual stream.</param>
/// <param name="Layers">Blocks.</param>
/// <param name="Heads">Attention heads; they split the width into even sizes.</param>
/// <param name="Hidden">Width of the feed-forward parts.</param>
/// <param name="Context">Most concepts of a problem, the beginning included.</param>
/// <param name="Code">Length of a concept.</param>
/// <param name="Head">How the next concept is predicted.</param>
internal sealed record ConceptShape(
    int Vocabulary, int Width, int Layers, int Heads, int Hidden, int Context, int Code, ConceptHead Head)
    : NetworkShape(Vocabulary, Width, Heads, Context)
{
    /// <summary>Levels of a query: steps of diffusion, or codebooks; 0 for regression, which has no queries.</summary>
    public int Levels { get; init; }

    /// <summary>Entries of a codebook; 0 where there are none.</summary>
    public int Entries { get; init; }
}
