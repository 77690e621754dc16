using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;

namespace CognitiveTools.Latent.Controls;

/// <summary>
/// Control: feeds the most probable token instead of each embedding, as greedy decoding does. The number
/// of thoughts and the wrapped rule's own tokens and stop are unchanged. A mixture that only follows its
/// top token is no better than this control ("LLMs are Single-threaded Reasoners", arXiv 2508.03440).
/// </summary>
public sealed class GreedyTokens(IThoughtRule rule) : EmbeddingDecorator(rule)
{
    /// <inheritdoc/>
    public override bool FeedsEmbeddings => false;

    /// <inheritdoc/>
    protected override ValueTask<Func<Prediction, ThoughtInput, ThoughtInput>> PrepareAsync(
        ThoughtContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Func<Prediction, ThoughtInput, ThoughtInput>>(
            static (prediction, input) => Softmax.Top(prediction.Logits.Span) is var top && input.Word is null
                ? ThoughtInput.OfToken(top)
                : ThoughtInput.OfWord(top));
}
