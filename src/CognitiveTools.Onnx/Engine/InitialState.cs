using CognitiveTools.Randomness;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Onnx.Engine;

/// <summary>
/// The state before the first application: normal noise, cut off at two standard deviations, that depends on seed and
/// position only, so that it is independent of forks and of how a prompt is split into appends.
/// </summary>
internal static class InitialState
{
    /// <summary>Fills rows.</summary>
    /// <param name="rows">rows x width floats.</param>
    /// <param name="width">Width of a row.</param>
    /// <param name="first">Position of the first row.</param>
    /// <param name="sigma">Standard deviation; 0 for a state of zeros.</param>
    /// <param name="seed">Fixes the noise.</param>
    public static void Fill(Span<float> rows, int width, int first, float sigma, int seed)
    {
        rows.Clear();
        if (sigma == 0)
            return;
        for (var row = 0; row < rows.Length / width; row++)
        {
            var random = SeededRandom.Of(Seeds.Derive(seed, first + row));
            foreach (ref var value in rows.Slice(row * width, width))
                value = sigma * (float)Math.Clamp(SeededRandom.Normal(random), -2, 2);
        }
    }
}
