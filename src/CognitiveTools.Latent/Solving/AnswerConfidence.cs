using CognitiveTools.Latent.Rules;
using CognitiveTools.Latents;

namespace CognitiveTools.Latent.Solving;

/// <summary>How sure a model is of the tokens of an answer.</summary>
internal static class AnswerConfidence
{
    /// <summary>Mean over the tokens of <c>p(first) - p(second)</c> where each was chosen (arXiv 2402.10200); 0 without tokens.</summary>
    /// <param name="sequence">A sequence that ends where the answer begins; all tokens but the last are appended to it.</param>
    /// <param name="prediction">The prediction at that place.</param>
    /// <param name="tokens">The answer.</param>
    /// <param name="cancellationToken">Cancels between decodes.</param>
    public static async Task<double> MeasureAsync(
        ILatentSequence sequence, Prediction prediction, IReadOnlyList<int> tokens, CancellationToken cancellationToken)
    {
        var sum = 0.0;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (i > 0)
                prediction = await sequence.AppendAsync(new[] { tokens[i - 1] }, cancellationToken);
            sum += Margin(prediction.Logits.Span);
        }

        return tokens.Count == 0 ? 0 : sum / tokens.Count;
    }

    private static double Margin(ReadOnlySpan<float> logits)
    {
        var best = Softmax.Best(logits, 2);
        var first = Math.Exp(-Softmax.Measure(logits).LogSum);
        return best.Length < 2 ? first : first * (1 - Math.Exp((double)logits[best[1]] - logits[best[0]]));
    }
}
