using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;

namespace CognitiveTools.Latent.Controls;

/// <summary>
/// Control: feeds the most probable token in place of each embedding, as greedy decoding does. The count of thoughts and
/// the wrapped rule's own tokens and stop stay. A mixture that only follows its top token does no better ("LLMs are
/// Single-threaded Reasoners", arXiv 2508.03440).
/// </summary>
public sealed class GreedyShadow(IThoughtRule rule) : EmbeddingDecorator(rule)
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
