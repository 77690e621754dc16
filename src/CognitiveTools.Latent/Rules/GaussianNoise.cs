using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;
using CognitiveTools.Randomness;

namespace CognitiveTools.Latent.Rules;

/// <summary>
/// Adds noise to every embedding a rule feeds: <c>e' = e + σ · N(0, I)</c> with <c>σ = scale · r / √d</c>, r the root mean
/// squared norm of the embedding rows and d their length, so the noise is about <c>scale</c> of an embedding long ("Soft Tokens, Hard
/// Truths", arXiv 2509.19170, scale 0.33). Latent trajectories differ by it (<see cref="Solving.LatentReasonerOptions.Width"/>).
/// </summary>
/// <param name="rule">The rule.</param>
/// <param name="scale">Above 0.</param>
internal sealed class GaussianNoise(IThoughtRule rule, float scale = 0.33f) : EmbeddingDecorator(rule)
{
    private readonly float _scale = scale > 0 && float.IsFinite(scale)
        ? scale
        : throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale of the noise must be above 0.");

    /// <inheritdoc/>
    protected override ValueTask<Func<Prediction, ThoughtInput, ThoughtInput>> PrepareAsync(
        ThoughtContext context, CancellationToken cancellationToken)
    {
        var random = context.CreateRandom(nameof(GaussianNoise));
        var sigma = SigmaOf(context.Model.Embeddings, _scale);
        return ValueTask.FromResult<Func<Prediction, ThoughtInput, ThoughtInput>>(
            (_, input) => input.With(Perturb(input.Embedding.Span, sigma, random)));
    }

    internal static double SigmaOf(ITokenEmbeddings embeddings, float scale) =>
        scale * embeddings.RootMeanSquareNorm / Math.Sqrt(embeddings.Length);

    internal static float[] Perturb(ReadOnlySpan<float> embedding, double sigma, Random random)
    {
        var noisy = embedding.ToArray();
        foreach (ref var value in noisy.AsSpan())
            value += (float)(sigma * SeededRandom.Normal(random));
        return noisy;
    }
}
