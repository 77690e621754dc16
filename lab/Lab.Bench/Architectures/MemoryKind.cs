namespace CognitiveTools.Lab.Bench.Architectures;

/// <summary>What the sequences of a model keep.</summary>
internal enum MemoryKind
{
    /// <summary>Keys and values of every position.</summary>
    Attention,

    /// <summary>A state of constant size.</summary>
    Recurrent,

    /// <summary>Both, in different layers or in the same.</summary>
    Hybrid,
}
