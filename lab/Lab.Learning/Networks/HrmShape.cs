namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>Sizes of an <see cref="HrmText"/>.</summary>
/// <param name="Vocabulary">Tokens.</param>
/// <param name="Width">Width of the residual stream.</param>
/// <param name="Heads">Attention heads; they split the width into even sizes.</param>
/// <param name="Hidden">Width of the feed-forward parts.</param>
/// <param name="Context">Most positions.</param>
/// <param name="LayersPerStack">Layers of each of the two stacks.</param>
/// <param name="HighCycles">Passes through the high stack that the packed model makes.</param>
/// <param name="LowCycles">Passes through the low stack before each of them.</param>
internal sealed record HrmShape(
    int Vocabulary, int Width, int Heads, int Hidden, int Context, int LayersPerStack, int HighCycles, int LowCycles)
    : NetworkShape(Vocabulary, Width, Heads, Context)
{
    /// <summary>Factor of the token embeddings.</summary>
    public double EmbeddingScale { get; init; } = 1;

    /// <summary>Base of the rotary embedding.</summary>
    public double RopeBase { get; init; } = 10000;
}
