using System.Numerics.Tensors;
using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;
using CognitiveTools.Randomness;

namespace CognitiveTools.Latent.Controls;

/// <summary>
/// Control: feeds <c>e' = ‖e‖ · g / ‖g‖</c>, g standard normal in every coordinate, in place of each embedding e of the
/// wrapped rule: the same norm, a random direction. Seeded by the solve.
/// </summary>
public sealed class RandomDirection(IThoughtRule rule) : EmbeddingDecorator(rule)
{
    /// <inheritdoc/>
    protected override ValueTask<Func<Prediction, ThoughtInput, ThoughtInput>> PrepareAsync(
        ThoughtContext context, CancellationToken cancellationToken)
    {
        var random = context.CreateRandom(nameof(RandomDirection));
        return ValueTask.FromResult<Func<Prediction, ThoughtInput, ThoughtInput>>(
            (_, input) => input.With(Turn(input.Embedding.Span, random)));
    }

    private static ReadOnlyMemory<float> Turn(ReadOnlySpan<float> embedding, Random random)
    {
        var turned = new float[embedding.Length];
        foreach (ref var value in turned.AsSpan())
            value = (float)SeededRandom.Normal(random);
        TensorPrimitives.Multiply(turned, TensorPrimitives.Norm(embedding) / TensorPrimitives.Norm<float>(turned), turned);
        return turned;
    }
}
