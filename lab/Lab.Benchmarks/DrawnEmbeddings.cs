using CognitiveTools.Latents;

namespace CognitiveTools.Lab.Benchmarks;

/// <summary>An embedding matrix with drawn numbers, as large as a small chat model's: 32,000 x 2048 floats, 262 MB.</summary>
internal sealed class DrawnEmbeddings : ITokenEmbeddings
{
    internal const int Vocabulary = 32_000, Width = 2048;

    private readonly float[] _rows = Draw(Vocabulary * Width, seed: 1);

    public int Count => Vocabulary;

    public int Length => Width;

    public float MeanNorm => 1;

    public float RootMeanSquareNorm => 1;

    public void CopyRow(int token, Span<float> destination) => _rows.AsSpan(token * Width, Width).CopyTo(destination);

    /// <summary>Uniform numbers between -1 and 1.</summary>
    internal static float[] Draw(int count, int seed)
    {
        var random = new Random(seed);
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
            number = (2 * random.NextSingle()) - 1;
        return numbers;
    }

    /// <summary>Logits with the long tail of a model that is fairly sure: a few tokens hold most of the probability.</summary>
    internal static float[] DrawLogits()
    {
        var logits = Draw(Vocabulary, seed: 2);
        foreach (ref var logit in logits.AsSpan())
            logit *= 4;
        for (var i = 0; i < 40; i++)
            logits[i * 797] = 16 - (0.25f * i);
        return logits;
    }
}
