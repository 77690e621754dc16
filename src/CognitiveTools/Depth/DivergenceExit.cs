namespace CognitiveTools.Depth;

/// <summary>
/// Applies the core until the prediction converges: until the Kullback-Leibler divergence of the newest prediction from
/// the one before, KL(p_i || p_(i-1)) in nats at the last row of the append, falls below a threshold.
/// </summary>
/// <remarks>
/// Geiping et al. 2025 (arXiv 2502.05171). All rows of one append have the depth at which
/// its last row converges, so a prompt appended in pieces may get other depths than one
/// appended whole. Every application also runs the coda, because each prediction needs it.
/// </remarks>
internal sealed record DivergenceExit : DepthPolicy
{
    /// <summary>Creates the policy.</summary>
    /// <param name="threshold">Nats, above 0; the authors use 0.0005.</param>
    /// <param name="least">
    /// The minimum number of applications, 1 or more. The first prediction
    /// has no predecessor, so 1 means 2 unless <paramref name="most"/> is 1.
    /// </param>
    /// <param name="most">The maximum number of applications.</param>
    public DivergenceExit(double threshold, int least = 1, int most = 32)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threshold);
        ArgumentOutOfRangeException.ThrowIfLessThan(least, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        (Threshold, Least, Most) = (threshold, least, most);
    }

    /// <summary>The divergence in nats below which the applications end.</summary>
    public double Threshold { get; }

    /// <summary>The minimum number of applications.</summary>
    public int Least { get; }

    /// <inheritdoc/>
    public override int Most { get; }
}
