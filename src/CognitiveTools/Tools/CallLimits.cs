namespace CognitiveTools.Tools;

/// <summary>The limits of one isolated call.</summary>
internal sealed record CallLimits
{
    /// <summary>Tokens that one call may generate.</summary>
    /// <value>The default is 768 tokens.</value>
    public int MaxOutputTokens { get; init; } = 768;

    /// <summary>Wall time of one call.</summary>
    /// <value>The default is 300 seconds.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Longest argument; the middle of a longer one is replaced by a note.</summary>
    /// <value>The default is 12,000 characters.</value>
    public int MaxInputCharacters { get; init; } = 12_000;

    /// <summary>Longest output; the middle of a longer one is replaced by a note.</summary>
    /// <value>The default is 5,000 characters.</value>
    public int MaxOutputCharacters { get; init; } = 5_000;

    /// <summary>Sampling temperature; 0 is greedy.</summary>
    /// <value>The default is <see langword="null"/>: the caller's; without one the temperature is left to the model.</value>
    public float? Temperature { get; init; }
}
