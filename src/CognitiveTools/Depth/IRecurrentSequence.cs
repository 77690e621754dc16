using CognitiveTools.Latents;

namespace CognitiveTools.Depth;

/// <summary>A sequence of a recurrent-depth model, which counts what its core computed.</summary>
internal interface IRecurrentSequence : ILatentSequence
{
    /// <summary>Applications of the core for each position in the sequence.</summary>
    IReadOnlyList<int> Depths { get; }

    /// <summary>Applications of the core that this sequence has computed, counted once per row, including rows that were removed.</summary>
    long CorePasses { get; }
}
