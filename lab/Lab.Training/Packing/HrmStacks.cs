namespace CognitiveTools.Lab.Training.Packing;

/// <summary>
/// The recurrence of an HRM-Text model (arXiv 2605.20613; llama.cpp's architecture <c>hrm_text</c>): a low and a high stack of layers,
/// gone through again and again. The low stack's layers come first in the file.
/// </summary>
internal sealed record HrmStacks
{
    /// <summary>Layers of one stack.</summary>
    public required int LayersPerStack { get; init; }

    /// <summary>Passes through the high stack.</summary>
    public required int HighCycles { get; init; }

    /// <summary>Passes through the low stack before each of them.</summary>
    public required int LowCycles { get; init; }

    /// <summary>Factor of the token embeddings.</summary>
    public float EmbeddingScale { get; init; } = 1;

    /// <summary>Layers that a token goes through; llama.cpp calls this the block count.</summary>
    internal int Passes => LayersPerStack * HighCycles * (LowCycles + 1);
}
