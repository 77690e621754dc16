namespace CognitiveTools.Code;

/// <summary>The values of <see cref="CodeResult.Limit"/>.</summary>
internal static class LimitNames
{
    /// <summary><see cref="CodeLimits.SourceCharacters"/> was exceeded; nothing was run.</summary>
    public const string Source = "source";

    /// <summary><see cref="CodeLimits.Statements"/> was exceeded.</summary>
    public const string Statements = "statements";

    /// <summary><see cref="CodeLimits.MemoryBytes"/> or <see cref="CodeLimits.AllocatedBytes"/> was exceeded.</summary>
    public const string Memory = "memory";

    /// <summary><see cref="CodeLimits.WallTime"/> was exceeded, in wall-clock or processor time.</summary>
    public const string Time = "time";

    /// <summary><see cref="CodeLimits.RecursionDepth"/> or the stack was exceeded.</summary>
    public const string Recursion = "recursion";

    /// <summary><see cref="CodeLimits.RegexTime"/> was exceeded.</summary>
    public const string Regex = "regex";

    /// <summary>The code wrote more than <see cref="CodeLimits.FloodFactor"/> times <see cref="CodeLimits.OutputCharacters"/>.</summary>
    public const string Output = "output";

    /// <summary><see cref="CodeLimits.FileBytes"/> was exceeded.</summary>
    public const string FileSize = "file-size";
}
