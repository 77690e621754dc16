namespace CognitiveTools.Depth;

/// <summary>How often the core is applied to the rows of one append: <see cref="FixedDepth"/> or <see cref="DivergenceExit"/>.</summary>
public abstract record DepthPolicy
{
    private protected DepthPolicy()
    {
    }

    /// <summary>Applications at most.</summary>
    public abstract int Most { get; }
}
