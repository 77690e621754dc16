namespace CognitiveTools.Latent.Rules;

/// <summary>How a hidden state is mapped back to the space of input embeddings.</summary>
internal enum Alignment
{
    /// <summary><c>e = h</c>: as trained Coconut does.</summary>
    Identity,

    /// <summary><c>e = h · n / max(‖h‖, 1e-6)</c>, where n is the mean norm of the embedding rows: LatentMAS's default.</summary>
    Norm,

    /// <summary>
    /// <c>e = hW · n / max(‖hW‖, 1e-6)</c>, W the ridge solution of <see cref="RidgeMaps"/>: LatentMAS with its realignment on.
    /// </summary>
    Ridge,
}
