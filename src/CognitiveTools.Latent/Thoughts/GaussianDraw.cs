namespace CognitiveTools.Latent.Thoughts;

/// <summary>Standard normal numbers from a generator.</summary>
internal static class GaussianDraw
{
    /// <summary>One number from two uniforms u, v in [0, 1): <c>√(-2 ln(1 - u)) · cos(2πv)</c> (Box and Muller 1958).</summary>
    public static double Next(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
