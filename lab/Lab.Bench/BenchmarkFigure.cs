namespace CognitiveTools.Lab.Bench;

/// <summary>One measured quantity.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">Unit of the samples.</param>
/// <param name="Samples">One value per repetition.</param>
internal sealed record BenchmarkFigure(string Name, string Unit, IReadOnlyList<double> Samples)
{
    /// <summary>Median of the samples.</summary>
    public double Median => Samples.Order().ToArray() is var sorted && sorted.Length % 2 == 1
        ? sorted[sorted.Length / 2]
        : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
}
