using System.Numerics.Tensors;
using CognitiveTools.Llama.Engine;

namespace CognitiveTools.Llama.Facts;

/// <summary>
/// Forks and rewinds a short sequence, and compares with sequences that take the same tokens the plain way. It shows on the model at hand
/// that its cache, its recurrent state and the build of llama.cpp do what the reasoners rely on.
/// </summary>
internal static class MemoryCheck
{
    /// <summary>The largest difference of a logit that passes. Batches of other shapes differ by rounding only.</summary>
    internal const float Tolerance = 0.05f;

    private const int Start = 40, Tail = 8;
    private const string Apart = "cognitivetools memory check"; // a partition of its own, so that no prefix is shared

    /// <summary>Measures an engine.</summary>
    /// <returns>The largest difference of a logit after a fork, and after a rewind.</returns>
    /// <exception cref="CognitiveTools.Latents.ContextFullException">The context holds less than 64 positions.</exception>
    public static async Task<(float Fork, float Rewind)> MeasureAsync(LlamaEngine engine, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var (start, one, other) = (Tokens(engine, 0, Start), Tokens(engine, 1, Tail), Tokens(engine, 2, Tail));
        using var trunk = new EngineSequence(engine, Apart + " fork");
        await trunk.AppendAsync(start, cancellationToken).ConfigureAwait(false);
        using var branch = trunk.Fork();
        var forked = await branch.AppendAsync(one, cancellationToken).ConfigureAwait(false);
        await trunk.AppendAsync(other, cancellationToken).ConfigureAwait(false);
        trunk.Rewind(Start);
        var rewound = await trunk.AppendAsync(one, cancellationToken).ConfigureAwait(false);

        using var plain = new EngineSequence(engine, Apart);
        await plain.AppendAsync(start, cancellationToken).ConfigureAwait(false);
        var expected = await plain.AppendAsync(one, cancellationToken).ConfigureAwait(false);
        return (Difference(forked.Logits, expected.Logits), Difference(rewound.Logits, expected.Logits));
    }

    private static int[] Tokens(LlamaEngine engine, int offset, int count)
    {
        int[] plain =
        [
            .. Enumerable.Range(0, engine.Model.Tokenizer.Count).Where(token => !engine.Model.Tokenizer.IsEndOfTurn(token)).Skip(300)
                .Take(1_000),
        ];
        if (plain.Length == 0)
            plain = [0, 1, 2];
        return [.. Enumerable.Range(0, count).Select(i => plain[((offset * count) + (7 * i)) % plain.Length])];
    }

    private static float Difference(ReadOnlyMemory<float> one, ReadOnlyMemory<float> other)
    {
        var difference = new float[one.Length];
        TensorPrimitives.Subtract(one.Span, other.Span, difference);
        return Math.Abs(TensorPrimitives.MaxMagnitude<float>(difference));
    }
}
