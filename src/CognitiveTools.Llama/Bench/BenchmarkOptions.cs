namespace CognitiveTools.Llama.Bench;

/// <summary>Size of a benchmark.</summary>
public sealed record BenchmarkOptions
{
    /// <summary>Repetitions; every figure is their median.</summary>
    public int Repetitions { get; init; } = 5;

    /// <summary>Positions of a prompt.</summary>
    public int PromptLength { get; init; } = 64;

    /// <summary>Tokens generated after it, and latent steps.</summary>
    public int Steps { get; init; } = 32;

    /// <summary>Chats at once in the concurrent measurement.</summary>
    public int Concurrent { get; init; } = 8;

    /// <summary>Threads of both the engine and the bare loop.</summary>
    /// <value><see langword="null"/>: the engine's default.</value>
    public int? Threads { get; init; }
}
