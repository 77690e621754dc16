using System.Numerics.Tensors;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;

namespace CognitiveTools.Latent.Rules;

/// <summary>
/// Feeds the probability-weighted mixture of embedding rows in place of one token's row (Soft Thinking, arXiv 2505.15778).
/// </summary>
/// <remarks>
/// <c>p = softmax(logits / T)</c>; <c>q</c> = the top-k of p, renormalised; then the smallest prefix of q whose sum
/// reaches top-p, renormalised; then the tokens with <c>q_i ≥ minP · max q</c>, renormalised; then the first maxTopK,
/// renormalised; <c>e = Σ q_i E_i</c>. Equal probabilities are ordered by token number. The order of the filters is
/// that of the authors' sampler.
/// </remarks>
public sealed class SoftMixture(SoftMixtureOptions options) : IThoughtRule
{
    /// <inheritdoc/>
    public bool FeedsEmbeddings => true;

    /// <inheritdoc/>
    public ValueTask<IThoughtState> BeginAsync(ThoughtContext context, CancellationToken cancellationToken = default)
    {
        options.Validate(context.Model.VocabularySize);
        return ValueTask.FromResult<IThoughtState>(
            new State(options, context.Model.Embeddings, context.CreateRandom(nameof(SoftMixture))));
    }

    private sealed class State(SoftMixtureOptions options, ITokenEmbeddings embeddings, Random random) : IThoughtState
    {
        public ThoughtInput Next(in Prediction prediction)
        {
            var (tokens, weights) = Filter(prediction.Logits.Span, options);
            options.Noise?.PerturbWeights(weights, random);

            var mixture = new float[embeddings.Length];
            var row = new float[embeddings.Length];
            for (var i = 0; i < tokens.Length; i++)
            {
                embeddings.CopyRow(tokens[i], row);
                TensorPrimitives.MultiplyAdd(row, (float)weights[i], mixture, mixture);
            }

            options.Noise?.PerturbEmbedding(mixture, embeddings.RootMeanSquareNorm, random);
            return ThoughtInput.OfEmbedding(mixture);
        }
    }

    /// <summary>The tokens mixed, best first, and their weights, which sum to 1.</summary>
    internal static (int[] Tokens, double[] Weights) Filter(ReadOnlySpan<float> logits, SoftMixtureOptions options)
    {
        var tokens = Softmax.Best(logits, options.TopK);
        var weights = new double[tokens.Length];
        var top = logits[tokens[0]];
        for (var i = 0; i < tokens.Length; i++)
            weights[i] = Math.Exp(((double)logits[tokens[i]] - top) / options.Temperature);

        // Sums over the first `kept` weights stand for renormalising after each filter; the weights stay sorted.
        var kept = tokens.Length;
        var sum = Sum(weights, kept);
        var before = 0.0;
        for (var i = 0; i < kept; i++)
        {
            if (before >= options.TopP * sum)
            {
                kept = i;
                break;
            }

            before += weights[i];
        }

        while (kept > 1 && weights[kept - 1] < options.MinP * weights[0])
            kept--;
        kept = Math.Min(kept, options.MaxTopK);

        sum = Sum(weights, kept);
        for (var i = 0; i < kept; i++)
            weights[i] /= sum;
        return (tokens[..kept], weights[..kept]);
    }

    private static double Sum(double[] weights, int count) => TensorPrimitives.Sum(weights.AsSpan(0, count));
}
