namespace CognitiveTools.Reasoners;

/// <summary>A bill in words that never take the unknown for nothing.</summary>
internal static class UsageWords
{
    /// <summary>For instance <c>12 positions</c>, <c>at least 12 positions</c>, <c>positions unknown</c>.</summary>
    public static string Positions(Usage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return !usage.Incomplete ? FormattableString.Invariant($"{usage.Positions} positions")
            : usage.Positions > 0 ? FormattableString.Invariant($"at least {usage.Positions} positions")
            : "positions unknown";
    }
}
