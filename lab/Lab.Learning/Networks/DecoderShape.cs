namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>Sizes of a <see cref="Decoder"/>.</summary>
/// <param name="Vocabulary">Tokens.</param>
/// <param name="Width">Width of the residual stream.</param>
/// <param name="Layers">Blocks.</param>
/// <param name="Heads">Attention heads; they split the width into even sizes.</param>
/// <param name="Hidden">Width of the feed-forward part.</param>
/// <param name="Context">Most positions.</param>
internal sealed record DecoderShape(int Vocabulary, int Width, int Layers, int Heads, int Hidden, int Context)
    : NetworkShape(Vocabulary, Width, Heads, Context)
{
    /// <summary>Base of the rotary embedding.</summary>
    public double RopeBase { get; init; } = 10000;
}
