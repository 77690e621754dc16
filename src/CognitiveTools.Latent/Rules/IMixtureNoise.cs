namespace CognitiveTools.Latent.Rules;

/// <summary>Noise that keeps a mixture from following its top token.</summary>
public interface IMixtureNoise
{
    /// <summary>Changes the weights of the mixed tokens; they are normalised before and must be after.</summary>
    /// <param name="weights">Weights, best token first, summing to 1.</param>
    /// <param name="random">The solve's generator.</param>
    void PerturbWeights(Span<double> weights, Random random);
}
