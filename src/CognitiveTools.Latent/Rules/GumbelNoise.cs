namespace CognitiveTools.Latent.Rules;

/// <summary>
/// Gumbel-softmax on the mixture: <c>w = softmax((log q + g) / τ)</c>, <c>g_i = -log(-log u_i)</c>, u uniform in (0, 1)
/// (LLMs are Single-threaded Reasoners, arXiv 2508.03440, τ 0.5).
/// </summary>
/// <param name="temperature">τ, above 0; near 0 it samples one token, large values make the weights equal.</param>
internal sealed class GumbelNoise(double temperature = 0.5) : IMixtureNoise
{
    private readonly double _temperature = temperature > 0 && double.IsFinite(temperature)
        ? temperature
        : throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "The Gumbel temperature must be above 0.");

    /// <inheritdoc/>
    public void PerturbWeights(Span<double> weights, Random random)
    {
        var max = double.NegativeInfinity;
        foreach (ref var weight in weights)
        {
            // 1 - NextDouble() is in (0, 1]; the clamp keeps the outer logarithm finite at 1.
            var uniform = Math.Min(1 - random.NextDouble(), 1 - 1e-16);
            weight = (Math.Log(weight) - Math.Log(-Math.Log(uniform))) / _temperature;
            max = Math.Max(max, weight);
        }

        var sum = 0.0;
        foreach (ref var weight in weights)
            sum += weight = Math.Exp(weight - max);
        foreach (ref var weight in weights)
            weight /= sum;
    }
}
