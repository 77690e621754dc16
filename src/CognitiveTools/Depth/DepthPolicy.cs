namespace CognitiveTools.Depth;

/// <summary>How often a recurrent-depth model applies its core to the rows of one append.</summary>
public abstract record DepthPolicy
{
    private protected DepthPolicy()
    {
    }

    /// <summary>The maximum number of applications.</summary>
    public abstract int Most { get; }

    /// <summary>The same number of applications for every row.</summary>
    /// <param name="depth">Applications of the core, at least 1.</param>
    public static DepthPolicy Fixed(int depth) => new FixedDepth(depth);

    /// <summary>
    /// Applies the core until the prediction converges: until the Kullback-Leibler divergence of the newest prediction
    /// from the one before, in nats at the last row of the append, is below a threshold (arXiv 2502.05171).
    /// </summary>
    /// <param name="threshold">Nats, above 0; the authors use 0.0005.</param>
    /// <param name="least">The minimum number of applications, 1 or more.</param>
    /// <param name="most">The maximum number of applications.</param>
    public static DepthPolicy UntilConvergence(double threshold, int least = 1, int most = 32) =>
        new DivergenceExit(threshold, least, most);
}
