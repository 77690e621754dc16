using CognitiveTools.Latents;

namespace CognitiveTools.Depth;

/// <summary>A sequence of a recurrent-depth model, which counts what its core computed.</summary>
public interface IRecurrentSequence : ILatentSequence
{
    /// <summary>Applications of the core that each position held has had.</summary>
    IReadOnlyList<int> Depths { get; }

    /// <summary>Applications of the core that this sequence has computed, counted once per row, forgotten ones included.</summary>
    long CorePasses { get; }
}
