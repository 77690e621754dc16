namespace CognitiveTools.Lab.Bench;

/// <summary>Size of a benchmark.</summary>
internal sealed record BenchmarkOptions
{
    /// <summary>
    /// Sequences or trajectories at once at most: an engine has 256 lanes, and the prompt that they start from holds one.
    /// </summary>
    public const int MostSequences = 255;

    /// <summary>Repetitions; every figure is their median.</summary>
    public int Repetitions { get; init; } = 5;

    /// <summary>Positions of a prompt, and of the question that tool calls share.</summary>
    public int PromptLength { get; init; } = 64;

    /// <summary>Tokens generated after it, and latent steps.</summary>
    public int Steps { get; init; } = 32;

    /// <summary>Numbers of sequences at once, each measured.</summary>
    public IReadOnlyList<int> Sequences { get; init; } = [1, 4, 8, 16];

    /// <summary>Latent trajectories at once.</summary>
    public int LatentWidth { get; init; } = 8;

    /// <summary>Threads of the engine, the bare loop and the peer.</summary>
    /// <value><see langword="null"/>: the engine's default.</value>
    public int? Threads { get; init; }

    /// <summary>
    /// See <see cref="CognitiveTools.Llama.Engine.LlamaEngineOptions.PlainAttention"/>; for the engine and the bare loop.
    /// </summary>
    public bool PlainAttention { get; init; }

    /// <summary>Positions that each tool call adds to the question.</summary>
    internal int ToolLength => Math.Max(PromptLength / 4, 4);

    /// <summary>Positions of the longest sequence.</summary>
    internal int Length => Math.Max(PromptLength + ToolLength + Steps + 1, 16); // the shortest context there is

    /// <summary>Lanes: the widest measurement and the prompt it starts from.</summary>
    internal int Lanes => Math.Max(Sequences.Max(), LatentWidth) + 1;
}
