using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;

namespace CognitiveTools.Latent.Controls;

/// <summary>
/// Control: feeds <c>e = 0</c> in place of each embedding of the wrapped rule; the count and the wrapped rule's tokens
/// and stop stay. If accuracy stays too, the content of the thoughts is not used.
/// </summary>
public sealed class Zeroed(IThoughtRule rule) : EmbeddingDecorator(rule)
{
    /// <inheritdoc/>
    protected override ValueTask<Func<Prediction, ThoughtInput, ThoughtInput>> PrepareAsync(
        ThoughtContext context, CancellationToken cancellationToken)
    {
        var zero = new float[context.Model.EmbeddingLength];
        return ValueTask.FromResult<Func<Prediction, ThoughtInput, ThoughtInput>>((_, input) => input.With(zero));
    }
}
