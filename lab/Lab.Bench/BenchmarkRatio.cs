namespace CognitiveTools.Lab.Bench;

/// <summary>A comparison of two figures, repetition by repetition.</summary>
/// <param name="Name">What is compared with what; larger is better.</param>
/// <param name="Value">Median of the ratios of samples taken in the same repetition.</param>
/// <param name="Target">What the project wants, or <see langword="null"/>.</param>
internal sealed record BenchmarkRatio(string Name, double Value, double? Target)
{
    /// <summary>Whether the target is reached; true without one.</summary>
    public bool Reached => Target is not { } target || Value >= target;
}
