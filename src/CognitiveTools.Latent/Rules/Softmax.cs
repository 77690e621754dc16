using System.Buffers;
using System.Numerics.Tensors;

namespace CognitiveTools.Latent.Rules;

/// <summary>Reads of a prediction's logits that several rules and the trace share.</summary>
internal static class Softmax
{
    // exp(-100) + 1 is 1 in a float; the floor keeps 0 x -infinity out of the entropy of masked logits.
    private const float Floor = -100f;

    /// <summary>The most probable token; of equals the first.</summary>
    public static int Top(ReadOnlySpan<float> logits) => TensorPrimitives.IndexOfMax(logits);

    /// <summary>Entropy in nats of softmax(logits / temperature), and the log of its normaliser relative to the largest logit.</summary>
    public static (double Entropy, double LogSum) Measure(ReadOnlySpan<float> logits, float temperature = 1)
    {
        var rented = ArrayPool<float>.Shared.Rent(2 * logits.Length);
        try
        {
            var shifted = rented.AsSpan(0, logits.Length);
            var exponentials = rented.AsSpan(logits.Length, logits.Length);
            TensorPrimitives.Subtract(logits, TensorPrimitives.Max(logits), shifted);
            if (temperature != 1)
                TensorPrimitives.Divide(shifted, temperature, shifted);
            TensorPrimitives.Max(shifted, Floor, shifted);
            TensorPrimitives.Exp(shifted, exponentials);
            var sum = (double)TensorPrimitives.Sum<float>(exponentials);
            var logSum = Math.Log(sum);
            return (Math.Max(0, logSum - TensorPrimitives.Dot<float>(exponentials, shifted) / sum), logSum);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    /// <summary>The tokens of the largest logits, best first; equal logits in order of token number.</summary>
    public static int[] Best(ReadOnlySpan<float> logits, int count)
    {
        var best = new int[Math.Min(count, logits.Length)];
        var held = 0;
        for (var token = 0; token < logits.Length; token++)
        {
            if (held == best.Length && logits[token] <= logits[best[held - 1]])
                continue;

            var at = held < best.Length ? held++ : held - 1;
            for (; at > 0 && logits[best[at - 1]] < logits[token]; at--)
                best[at] = best[at - 1];
            best[at] = token;
        }

        return best;
    }

    /// <summary>An index drawn by its weight.</summary>
    /// <param name="weights">Weights that sum to 1.</param>
    /// <param name="random">One uniform is taken from it.</param>
    public static int Draw(ReadOnlySpan<double> weights, Random random)
    {
        var left = random.NextDouble();
        var index = 0;
        while (index < weights.Length - 1 && (left -= weights[index]) >= 0)
            index++;
        return index;
    }
}
