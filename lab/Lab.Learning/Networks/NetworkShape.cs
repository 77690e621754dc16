namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>Sizes that every network has.</summary>
/// <param name="Vocabulary">Tokens.</param>
/// <param name="Width">Width of the residual stream.</param>
/// <param name="Heads">Attention heads, which split the width.</param>
/// <param name="Context">Most positions.</param>
internal abstract record NetworkShape(int Vocabulary, int Width, int Heads, int Context)
{
    /// <summary>Added to the mean square in the norms.</summary>
    public double NormEpsilon { get; init; } = 1e-5;

    /// <summary>Width of one head.</summary>
    public int HeadSize => Width / Heads;
}
