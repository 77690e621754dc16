namespace CognitiveTools.Tools;

/// <summary>What one isolated call may spend and hand over.</summary>
public sealed record CallLimits
{
    /// <summary>Tokens one call may generate.</summary>
    /// <value>The default is 768 tokens.</value>
    public int MaxOutputTokens { get; init; } = 768;

    /// <summary>Wall time of one call.</summary>
    /// <value>The default is 300 seconds.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Longest argument handed to the tool; the middle of a longer one is left out, visibly.</summary>
    /// <value>The default is 12,000 characters.</value>
    public int MaxInputCharacters { get; init; } = 12_000;

    /// <summary>Longest output handed back; the middle of a longer one is left out, visibly.</summary>
    /// <value>The default is 5,000 characters.</value>
    public int MaxOutputCharacters { get; init; } = 5_000;

    /// <summary>Sampling temperature; 0 is greedy.</summary>
    /// <value>The default is 0.</value>
    public float Temperature { get; init; }
}
