using System.Text.Json.Serialization;

namespace CognitiveTools.Lab.Bench;

/// <summary>Result of one benchmark run.</summary>
/// <param name="Model">The model file.</param>
/// <param name="Natives">The build of llama.cpp in this process.</param>
/// <param name="Threads">Threads used.</param>
/// <param name="Options">Sizes.</param>
/// <param name="Memory">Memory of the process with the engine alone.</param>
/// <param name="Peers">The other programs measured, and those asked for that were not, with the reason.</param>
/// <param name="Figures">What was measured.</param>
/// <param name="Ratios">How the figures compare.</param>
internal sealed record BenchmarkReport(
    string Model, string Natives, int Threads, [property: JsonIgnore] BenchmarkOptions Options, BenchmarkMemory Memory,
    IReadOnlyList<string> Peers, IReadOnlyList<BenchmarkFigure> Figures, IReadOnlyList<BenchmarkRatio> Ratios)
{
    /// <summary>Positions of the prompt.</summary>
    public int Prompt => Options.PromptLength;

    /// <summary>Steps of a measurement.</summary>
    public int Steps => Options.Steps;
}
