namespace CognitiveTools.Llama.Bench;

/// <summary>Result of one benchmark run.</summary>
/// <param name="Model">The model file.</param>
/// <param name="Threads">Threads used.</param>
/// <param name="Options">Sizes.</param>
/// <param name="Figures">What was measured.</param>
/// <param name="Ratios">How the figures compare.</param>
public sealed record BenchmarkReport(string Model, int Threads, BenchmarkOptions Options, IReadOnlyList<BenchmarkFigure> Figures, IReadOnlyList<BenchmarkRatio> Ratios);

/// <summary>One measured quantity.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">Unit of the samples.</param>
/// <param name="Samples">One value per repetition.</param>
public sealed record BenchmarkFigure(string Name, string Unit, IReadOnlyList<double> Samples)
{
    /// <summary>Median of the samples.</summary>
    public double Median => Samples.Order().ToArray() is var sorted && sorted.Length % 2 == 1
        ? sorted[sorted.Length / 2]
        : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
}

/// <summary>A comparison of two figures, repetition by repetition.</summary>
/// <param name="Name">What is compared with what; larger is better.</param>
/// <param name="Value">Median of the ratios of samples taken in the same repetition.</param>
/// <param name="Target">What the project wants, or <see langword="null"/>.</param>
public sealed record BenchmarkRatio(string Name, double Value, double? Target)
{
    /// <summary>Whether the target is reached; true without one.</summary>
    public bool Reached => Target is not { } target || Value >= target;
}
