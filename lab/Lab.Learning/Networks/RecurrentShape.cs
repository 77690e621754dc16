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
    : NetworkShape(Vocabulary, Width, Heads, Context)
{
    /// <summary>
    /// Whether every block of the core has an adapter and a norm of its own, so that one application does the work of as many applications
    /// of a core of one block, each with weights of its own.
    /// </summary>
    public bool Unrolled { get; init; }

    /// <summary>The core's parts in order: the parameters of an adapter, of the blocks behind it, and of the norm behind them.</summary>
    public IReadOnlyList<(string Adapter, string[] Blocks, string Norm)> CoreParts => Unrolled
        ? [.. Enumerable.Range(0, Core).Select(static i => ($"adapter.{i}", (string[])[$"core.{i}"], $"state_norm.{i}"))]
        : [("adapter", [.. Block.Named("core", Core)], "state_norm")];
}
