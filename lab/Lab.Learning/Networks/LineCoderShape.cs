namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>Sizes of a <see cref="LineCoder"/>.</summary>
/// <param name="Vocabulary">Tokens.</param>
/// <param name="Width">Width of both residual streams.</param>
/// <param name="Layers">Blocks of the encoder, and of the decoder.</param>
/// <param name="Heads">Attention heads, which split the width.</param>
/// <param name="Hidden">Width of the feed-forward parts.</param>
/// <param name="Context">Most tokens of a line.</param>
/// <param name="Code">Length of a line's code.</param>
internal sealed record LineCoderShape(int Vocabulary, int Width, int Layers, int Heads, int Hidden, int Context, int Code)
    : NetworkShape(Vocabulary, Width, Heads, Context);
