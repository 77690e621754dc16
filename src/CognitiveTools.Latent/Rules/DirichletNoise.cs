using MathNet.Numerics.Distributions;

namespace CognitiveTools.Latent.Rules;

/// <summary>
/// Draws weights around the mixture: <c>w ~ Dirichlet(γq)</c>, whose mean is q and whose spread falls with γ. The second noise of
/// Soft Thinking's repository (γ 1) and of "LLMs are Single-threaded Reasoners" (arXiv 2508.03440, γ 4).
/// </summary>
/// <param name="concentration">γ, above 0.</param>
internal sealed class DirichletNoise(double concentration = 1) : IMixtureNoise
{
    private readonly double _concentration = concentration > 0 && double.IsFinite(concentration)
        ? concentration
        : throw new ArgumentOutOfRangeException(nameof(concentration), concentration, "The Dirichlet concentration must be above 0.");

    /// <inheritdoc/>
    public void PerturbWeights(Span<double> weights, Random random)
    {
        var sum = 0.0;
        var drawn = new double[weights.Length];
        for (var i = 0; i < drawn.Length; i++)
            sum += drawn[i] = Gamma.Sample(random, _concentration * weights[i], 1);

        // With a tiny γ all draws can underflow to 0; the distribution is then one token drawn by q.
        if (sum == 0)
            (drawn[Softmax.Draw(weights, random)], sum) = (1, 1);
        for (var i = 0; i < drawn.Length; i++)
            weights[i] = drawn[i] / sum;
    }
}
