namespace CognitiveTools.Code;

/// <summary>The names under which levels are printed and logged.</summary>
internal static class SandboxLevelNames
{
    /// <summary>The level's printed name: <c>none</c>, <c>language</c>, <c>process</c>, <c>namespaces</c> or <c>os-sandbox</c>.</summary>
    /// <param name="level">A defined level.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not defined.</exception>
    public static string ToName(this SandboxLevel level) => level switch
    {
        SandboxLevel.None => "none",
        SandboxLevel.Language => "language",
        SandboxLevel.Process => "process",
        SandboxLevel.Namespaces => "namespaces",
        SandboxLevel.OsSandbox => "os-sandbox",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "Use one of the defined sandbox levels."),
    };
}
