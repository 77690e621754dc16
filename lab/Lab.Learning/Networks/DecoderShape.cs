namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>Sizes of a <see cref="Decoder"/>.</summary>
/// <param name="Vocabulary">Tokens.</param>
/// <param name="Width">Width of the residual stream.</param>
/// <param name="Layers">Blocks.</param>
/// <param name="Heads">Attention heads; they split the width into even sizes.</param>
/// <param name="Hidden">Width of the feed-forward part.</param>
/// <param name="Context">Most positions.</param>
internal sealed record DecoderShape(int Vocabulary, int Width, int Layers, int Heads, int Hidden, int Context)
{
    /// <summary>Base of the rotary embedding.</summary>
    public double RopeBase { get; init; } = 10000;

    /// <summary>Added to the mean square in the norms.</summary>
    public double NormEpsilon { get; init; } = 1e-5;

    /// <summary>Width of one head.</summary>
    public int HeadSize => Width / Heads;
}
