namespace CognitiveTools.Lab.Learning.Features;

/// <summary>What was measured of a sparse autoencoder on conversations it did not learn from.</summary>
/// <param name="Positions">Positions that were read.</param>
/// <param name="Explained">Share of the variance of the states that it explains.</param>
/// <param name="Dead">Features that were active nowhere.</param>
/// <param name="Prompts">Prompts of the first and of the second format.</param>
/// <param name="Rows">All features, the one that tells the formats apart best first; of equals the one whose means differ most.</param>
/// <param name="Alive">Numbers of the features that were active somewhere.</param>
internal sealed record FeatureFigures(
    long Positions, double Explained, int Dead, (int First, int Second) Prompts, IReadOnlyList<FeatureRow> Rows, IReadOnlyList<int> Alive);
