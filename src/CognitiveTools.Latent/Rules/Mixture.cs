using System.Buffers;
using System.Numerics.Tensors;
using CognitiveTools.Latents;

namespace CognitiveTools.Latent.Rules;

/// <summary>Weighted sums of embedding rows.</summary>
internal static class Mixture
{
    // Even with a million tokens, the sum of all skipped weights is below the resolution of a float.
    private const double Negligible = 1e-13;

    /// <summary><c>Σ w_i E_i</c> over some tokens.</summary>
    public static float[] Of(ITokenEmbeddings embeddings, ReadOnlySpan<int> tokens, ReadOnlySpan<double> weights)
    {
        var mixture = new float[embeddings.Length];
        for (var i = 0; i < tokens.Length; i++)
            Add(embeddings, tokens[i], weights[i], mixture);
        return mixture;
    }

    /// <summary><c>softmax(logits) · E</c> over the whole vocabulary.</summary>
    /// <param name="embeddings">The rows.</param>
    /// <param name="logits">A logit per row.</param>
    /// <param name="logSum">Log of the normaliser relative to the largest logit, see <see cref="Softmax.Measure"/>.</param>
    public static float[] OfAll(ITokenEmbeddings embeddings, ReadOnlySpan<float> logits, double logSum)
    {
        var mixture = new float[embeddings.Length];
        var top = (double)TensorPrimitives.Max(logits);
        for (var token = 0; token < logits.Length; token++)
        {
            var weight = Math.Exp(logits[token] - top - logSum);
            if (weight > Negligible)
                Add(embeddings, token, weight, mixture);
        }

        return mixture;
    }

    /// <summary>Mixes a row in: <c>share · e + (1 - share) · E_token</c>.</summary>
    public static float[] With(ITokenEmbeddings embeddings, float[] mixture, double share, int token)
    {
        TensorPrimitives.Multiply(mixture, (float)share, mixture);
        Add(embeddings, token, 1 - share, mixture);
        return mixture;
    }

    private static void Add(ITokenEmbeddings embeddings, int token, double weight, float[] mixture)
    {
        var rented = ArrayPool<float>.Shared.Rent(embeddings.Length);
        var row = rented.AsSpan(0, embeddings.Length);
        embeddings.CopyRow(token, row);
        TensorPrimitives.MultiplyAdd(row, (float)weight, mixture, mixture);
        ArrayPool<float>.Shared.Return(rented);
    }
}
