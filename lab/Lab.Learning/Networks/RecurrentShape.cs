namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>Sizes of a <see cref="RecurrentDecoder"/>.</summary>
/// <param name="Vocabulary">Tokens.</param>
/// <param name="Width">Width of the residual stream.</param>
/// <param name="Heads">Attention heads, which split the width.</param>
/// <param name="Hidden">Width of the feed-forward parts.</param>
/// <param name="Context">Most positions.</param>
/// <param name="Prelude">Blocks before the core.</param>
/// <param name="Core">Blocks of the core.</param>
/// <param name="Coda">Blocks behind the core.</param>
/// <param name="Sigma">Standard deviation of the state before the first application; 0 for a state of zeros.</param>
internal sealed record RecurrentShape(
    int Vocabulary, int Width, int Heads, int Hidden, int Context, int Prelude, int Core, int Coda, double Sigma)
    : NetworkShape(Vocabulary, Width, Heads, Context);
