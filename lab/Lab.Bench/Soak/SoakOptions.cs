namespace CognitiveTools.Lab.Bench.Soak;

/// <summary>Size of a soak.</summary>
internal sealed record SoakOptions
{
    /// <summary>Callers at most: each holds up to four sequences at once, and an engine has 256 lanes.</summary>
    public const int MostCallers = 60;

    /// <summary>How long the traffic flows; pauses for measuring are part of it.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Measurements after the one at the start, evenly spaced.</summary>
    public int Rounds { get; init; } = 60;

    /// <summary>Operations of a round at least; a round goes on until then, however long it takes.</summary>
    /// <value>0.</value>
    public int LeastOperations { get; init; }

    /// <summary>Callers at once.</summary>
    public int Callers { get; init; } = 8;

    /// <summary>Threads of the engine.</summary>
    /// <value><see langword="null"/>: the engine's default.</value>
    public int? Threads { get; init; }

    /// <summary>Seed of what the callers do; when they do it depends on the machine.</summary>
    public int Seed { get; init; }
}
