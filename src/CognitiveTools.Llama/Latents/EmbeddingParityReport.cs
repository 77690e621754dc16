namespace CognitiveTools.Llama.Latents;

/// <summary>The difference between feeding a token's embedding and feeding the token.</summary>
/// <param name="Positions">Positions compared.</param>
/// <param name="Agreeing">Positions where both paths have the same most probable token.</param>
/// <param name="MaxLogitDifference">Largest absolute difference of any logit at any position.</param>
/// <param name="Scale">The factor of a stored embedding row.</param>
internal sealed record EmbeddingParityReport(int Positions, int Agreeing, float MaxLogitDifference, float Scale)
{
    /// <summary>Largest difference that passes. Equal inputs differ by rounding only; a wrong scale differs by whole units.</summary>
    public const float Tolerance = 0.05f;

    /// <summary>Whether the model computes logits when hidden states are asked for.</summary>
    public bool HasLogits { get; init; } = true;

    /// <summary>Whether latent methods can rely on the model's embedding input.</summary>
    public bool Passed => HasLogits && Agreeing == Positions && MaxLogitDifference <= Tolerance;
}
