namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>Sizes of a <see cref="Gram"/>. The cells of a puzzle are its positions, and their values its tokens.</summary>
/// <param name="Side">Cells, and values that each may have.</param>
/// <param name="Width">Width of the states.</param>
/// <param name="Heads">Attention heads, which split the width.</param>
/// <param name="Hidden">Width of the feed-forward parts.</param>
/// <param name="Blocks">Blocks of each of the two stacks.</param>
/// <param name="Inner">Applications of the low stack in a transition (K).</param>
/// <param name="Transitions">Transitions of a step of supervision (T).</param>
/// <param name="Noise">What is random.</param>
/// <param name="Sigma">Standard deviation that <see cref="GramNoise.Fixed"/> and <see cref="GramNoise.Start"/> need.</param>
internal sealed record GramShape(
    int Side, int Width, int Heads, int Hidden, int Blocks, int Inner, int Transitions, GramNoise Noise, double Sigma)
    : NetworkShape(Side + 1, Width, Heads, Side)
{
    /// <summary>Whether transitions add noise.</summary>
    public bool IsNoisy => Noise is GramNoise.Learned or GramNoise.Fixed;
}
