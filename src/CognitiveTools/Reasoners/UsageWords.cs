namespace CognitiveTools.Reasoners;

/// <summary>Describes a usage in words; unknown usage is never shown as zero.</summary>
internal static class UsageWords
{
    /// <summary>The positions by purpose, with the names of telemetry.</summary>
    public static IReadOnlyList<(string Kind, long Count)> Parts(Usage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return
        [
            ("prompt", usage.Prompt),
            ("generated", usage.Generated),
            ("latent", usage.Latent),
            ("tool_prompt", usage.ToolPrompt),
            ("tool_generated", usage.ToolGenerated),
            ("discarded", usage.Discarded),
        ];
    }

    /// <summary>The thoughts among the generated positions, for instance <c>; 40 of thoughts</c>; empty without any.</summary>
    public static string Thoughts(Usage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return usage.AllThoughtTokens > 0 ? FormattableString.Invariant($"; {usage.AllThoughtTokens} of thoughts") : "";
    }

    /// <summary>For instance <c>12 positions</c>, <c>at least 12 positions</c>, <c>positions unknown</c>.</summary>
    public static string Positions(Usage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return !usage.Incomplete ? FormattableString.Invariant($"{usage.Positions} positions")
            : usage.Positions > 0 ? FormattableString.Invariant($"at least {usage.Positions} positions")
            : "positions unknown";
    }
}
