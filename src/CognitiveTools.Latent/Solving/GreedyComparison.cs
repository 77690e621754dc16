using CognitiveTools.Latent.Rules;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Solving;

/// <summary>Decodes greedily from the same prompt and counts the steps where both choose the same token.</summary>
internal static class GreedyComparison
{
    /// <summary>Compares a trajectory with greedy decoding. Forwards one token less than it made thoughts.</summary>
    /// <param name="sequence">A sequence that holds the prompt.</param>
    /// <param name="prediction">The prediction after the prompt.</param>
    /// <param name="trajectory">The finished trajectory; it made at least one thought.</param>
    /// <param name="cancellationToken">Cancels between decodes.</param>
    public static async Task<Agreement> MeasureAsync(
        ILatentSequence sequence, Prediction prediction, Trajectory trajectory, CancellationToken cancellationToken)
    {
        var thoughts = trajectory.TopTokens;
        var identical = 0;
        for (var i = 0; i < thoughts.Count; i++)
        {
            var token = Softmax.Top(prediction.Logits.Span);
            identical += token == thoughts[i] ? 1 : 0;
            if (i + 1 < thoughts.Count)
                prediction = await sequence.AppendAsync(new[] { token }, cancellationToken);
        }

        return new(thoughts.Count, identical, trajectory.Steps.OfType<Thought>().Average(t => t.Spread) ?? 0);
    }
}
