namespace CognitiveTools.Depth;

/// <summary>The same number of applications for every row.</summary>
internal sealed record FixedDepth : DepthPolicy
{
    /// <summary>Creates the policy.</summary>
    /// <param name="depth">Applications of the core, at least 1.</param>
    public FixedDepth(int depth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        Depth = depth;
    }

    /// <summary>Applications of the core.</summary>
    public int Depth { get; }

    /// <inheritdoc/>
    public override int Most => Depth;
}
