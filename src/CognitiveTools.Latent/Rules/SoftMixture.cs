using System.Numerics.Tensors;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;

namespace CognitiveTools.Latent.Rules;

/// <summary>
/// Feeds the probability-weighted mixture of embedding rows instead of one token's row (Soft Thinking, arXiv 2505.15778).
/// </summary>
/// <remarks>
/// <para><c>p = softmax(logits / T)</c>; <c>q</c> = the top-k of p, renormalised; then the smallest prefix of q whose sum
/// reaches top-p, renormalised; then the tokens with <c>q_i ≥ minP · max q</c>, renormalised; then the first maxTopK,
/// renormalised; <c>e = Σ q_i E_i</c>. Equal probabilities are ordered by token number. The filters are in the authors' order.</para>
/// <para>The thoughts end when the most probable token is the stop token, and by the cold stop: once the entropy of p stayed
/// below a threshold for a number of predictions in a row. In both cases the stop token, if one is set, is fed last, as itself.</para>
/// </remarks>
internal sealed class SoftMixture(SoftMixtureOptions options) : IThoughtRule
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

    internal sealed class State(SoftMixtureOptions options, ITokenEmbeddings embeddings, Random random) : IThoughtState
    {
        private int _cold;
        private bool _stopped;

        public ThoughtInput Next(in Prediction prediction)
        {
            var logits = prediction.Logits.Span;
            if (_stopped)
                return ThoughtInput.Stop;

            var (tokens, weights) = Filter(logits, options);
            if (IsCold(logits) || tokens[0] == options.StopToken)
            {
                _stopped = true;
                return options.StopToken is { } stop ? ThoughtInput.OfToken(stop) : ThoughtInput.Stop;
            }

            options.Noise?.PerturbWeights(weights, random);
            return ThoughtInput.OfEmbedding(Mixture.Of(embeddings, tokens, weights), 1 - weights[0]);
        }

        private bool IsCold(ReadOnlySpan<float> logits)
        {
            if (options.ColdSteps == 0)
                return false;
            _cold = Softmax.Measure(logits, options.Temperature).Entropy < options.ColdEntropy ? _cold + 1 : 0;
            return _cold >= options.ColdSteps;
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

        // Sums over the first `kept` weights replace renormalising after each filter; the weights stay sorted.
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
