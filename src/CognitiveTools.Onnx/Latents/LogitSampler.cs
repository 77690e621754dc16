using System.Numerics.Tensors;
using CognitiveTools.Randomness;

namespace CognitiveTools.Onnx.Latents;

/// <summary>Chooses tokens: the most probable at temperature 0, otherwise a sample of the softmax. One instance per continuation.</summary>
internal sealed class LogitSampler
{
    private readonly float _temperature;
    private readonly SeededRandom _random;

    /// <exception cref="ArgumentOutOfRangeException">The temperature is negative or not a number.</exception>
    public LogitSampler(float temperature, int seed)
    {
        if (!(temperature >= 0 && float.IsFinite(temperature)))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "The temperature must be 0 or more.");
        (_temperature, _random) = (temperature, SeededRandom.Of(seed));
    }

    public int Next(ReadOnlySpan<float> logits)
    {
        if (_temperature == 0)
            return TensorPrimitives.IndexOfMax(logits);
        var shares = new float[logits.Length];
        TensorPrimitives.Divide(logits, _temperature, shares);
        TensorPrimitives.SoftMax(shares, shares);
        var left = _random.NextDouble();
        var token = 0;
        while (token < shares.Length - 1 && (left -= shares[token]) > 0)
            token++;
        return token;
    }
}
