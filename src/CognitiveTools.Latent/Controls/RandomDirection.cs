using System.Numerics.Tensors;
using CognitiveTools.Latent.Thoughts;

namespace CognitiveTools.Latent.Controls;

/// <summary>
/// Control: feeds <c>e' = ‖e‖ · g / ‖g‖</c>, g standard normal in every coordinate, in place of each embedding e of the
/// wrapped rule: the same norm, a random direction. Seeded by the solve.
/// </summary>
public sealed class RandomDirection(IThoughtRule rule) : EmbeddingControl(rule)
{
    /// <inheritdoc/>
    protected override ValueTask<Func<ReadOnlyMemory<float>, ReadOnlyMemory<float>>> PrepareAsync(
        ThoughtContext context, CancellationToken cancellationToken)
    {
        var random = context.CreateRandom(nameof(RandomDirection));
        return ValueTask.FromResult<Func<ReadOnlyMemory<float>, ReadOnlyMemory<float>>>(
            embedding => Turn(embedding.Span, random));
    }

    private static ReadOnlyMemory<float> Turn(ReadOnlySpan<float> embedding, Random random)
    {
        var turned = new float[embedding.Length];
        foreach (ref var value in turned.AsSpan())
            value = (float)Normal(random);
        TensorPrimitives.Multiply(turned, TensorPrimitives.Norm(embedding) / TensorPrimitives.Norm<float>(turned), turned);
        return turned;
    }

    // Box-Muller; one of the pair is enough here. 1 - NextDouble() is never 0.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
