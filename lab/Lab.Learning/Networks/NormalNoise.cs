using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>Standard normal numbers from a source that is not LibTorch's, so that a resumed run draws what it would have drawn.</summary>
internal static class NormalNoise
{
    /// <summary>Numbers in a shape.</summary>
    public static Tensor Of(ReadOnlySpan<long> shape, Random random, ScalarType type, Device device)
    {
        var count = 1L;
        foreach (var extent in shape)
            count *= extent;
        var noise = new float[count];
        foreach (ref var value in noise.AsSpan())
            value = (float)SeededRandom.Normal(random);
        return tensor(noise).view(shape.ToArray()).to(type).to(device);
    }

    /// <summary>Numbers in the shape and type of a tensor.</summary>
    public static Tensor Like(Tensor other, Random random) => Of(other.shape, random, other.dtype, other.device);
}
