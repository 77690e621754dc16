namespace CognitiveTools.Onnx.Engine;

/// <summary>
/// The state before the first application: normal noise, cut off at two standard deviations, that depends on seed and
/// position only, so that neither the way a prompt is cut into appends nor a fork changes it.
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
            var random = new Random(unchecked((seed * 1_000_003) ^ ((first + row + 1) * 7_368_787)));
            foreach (ref var value in rows.Slice(row * width, width))
                value = sigma * (float)Math.Clamp(Normal(random), -2, 2);
        }
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
