namespace CognitiveTools.Lab.Bench.Traffic;

/// <summary>Size of a traffic measurement.</summary>
internal sealed record TrafficOptions
{
    /// <summary>How long callers send requests; those under way are finished.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Callers at once, each with one request at a time; every other one has long prompts.</summary>
    public int Callers { get; init; } = 64;

    /// <summary>Threads of the engine.</summary>
    /// <value><see langword="null"/>: the engine's default.</value>
    public int? Threads { get; init; }
}
