namespace CognitiveTools.Latent.Rules;

/// <summary>Noise on the weights of a mixture, so that it does not only follow its top token.</summary>
internal interface IMixtureNoise
{
    /// <summary>Changes the weights of the mixed tokens, which are normalised before and after.</summary>
    /// <param name="weights">Weights, best token first, summing to 1.</param>
    /// <param name="random">The solve's generator.</param>
    void PerturbWeights(Span<double> weights, Random random);
}
