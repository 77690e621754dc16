using System.Numerics.Tensors;
using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Solving;

/// <summary>Makes the trace's record of a thought.</summary>
internal static class ThoughtTrace
{
    private const int NearestTokens = 3;

    /// <param name="index">Zero-based index among the inputs.</param>
    /// <param name="input">What was fed.</param>
    /// <param name="before">The prediction it was made from.</param>
    /// <param name="tokenizer">Names tokens.</param>
    public static Thought Of(int index, ThoughtInput input, in Prediction before, ILatentTokenizer tokenizer)
    {
        var logits = before.Logits.Span;
        var (entropy, logSum) = Softmax.Measure(logits);
        var best = Softmax.Best(logits, NearestTokens);
        var nearest = new TokenShare[best.Length];
        for (var i = 0; i < best.Length; i++)
            nearest[i] = new TokenShare(tokenizer.Describe(best[i]), Math.Exp((double)logits[best[i]] - logits[best[0]] - logSum));

        var isToken = input.Kind == ThoughtInputKind.Token;
        return new Thought(index, isToken ? "token" : "embedding", isToken ? 0
            : TensorPrimitives.Norm(input.Embedding.Span), entropy, nearest)
        {
            Spread = input.Spread,
        };
    }
}
