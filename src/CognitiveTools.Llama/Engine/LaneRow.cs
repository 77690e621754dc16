namespace CognitiveTools.Llama.Engine;

/// <summary>What one position of a lane was made from.</summary>
/// <param name="Token">The token; <see cref="Lane.NoToken"/> for an embedding.</param>
/// <param name="Embedding">The embedding; <see langword="null"/> for a token.</param>
/// <param name="Steering">What steered the row.</param>
internal readonly record struct LaneRow(int Token, float[]? Embedding, AppliedSteering? Steering)
{
    /// <summary>Whether two rows can be in one batch.</summary>
    internal bool FitsWith(LaneRow other) => Embedding is null == other.Embedding is null && Steering == other.Steering;
}
