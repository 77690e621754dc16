namespace CognitiveTools.Depth;

/// <summary>
/// Applies the core until the prediction stands still: until the Kullback-Leibler divergence of the newest prediction from
/// the one before, KL(p_i || p_(i-1)) in nats at the last row of the append, falls below a threshold.
/// </summary>
/// <remarks>
/// Geiping et al. 2025 (arXiv 2502.05171). All rows of one append have the depth at which its last row stands still, so a
/// prompt appended in pieces may get other depths than in one. Every application pays for a coda as well, because there is
/// no prediction without one.
/// </remarks>
public sealed record DivergenceExit : DepthPolicy
{
    /// <summary>Creates the policy.</summary>
    /// <param name="threshold">Nats, above 0; the authors use 0.0005.</param>
    /// <param name="least">Applications at least, 1 or more; a first prediction has none to be compared with, so 1 means 2 unless <paramref name="most"/> is 1.</param>
    /// <param name="most">Applications at most.</param>
    public DivergenceExit(double threshold, int least = 1, int most = 32)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threshold);
        ArgumentOutOfRangeException.ThrowIfLessThan(least, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        (Threshold, Least, Most) = (threshold, least, most);
    }

    /// <summary>The divergence in nats below which it ends.</summary>
    public double Threshold { get; }

    /// <summary>Applications at least.</summary>
    public int Least { get; }

    /// <inheritdoc/>
    public override int Most { get; }
}
