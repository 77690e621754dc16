using CognitiveTools.Identity;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Llama.Facts;

/// <summary>What a model is, for reports.</summary>
/// <param name="Path">The file.</param>
/// <param name="Description">Architecture, size class and quantization in llama.cpp's words.</param>
/// <param name="Architecture">Architecture name.</param>
/// <param name="Parameters">Number of parameters.</param>
/// <param name="SizeInBytes">Size of all tensors.</param>
/// <param name="Layers">Number of layers.</param>
/// <param name="EmbeddingLength">Width of the input rows.</param>
/// <param name="VocabularySize">Number of tokens.</param>
/// <param name="TrainedContextLength">Positions the model was trained for.</param>
/// <param name="ChatProblem">Why the model cannot chat, or <see langword="null"/> when it can.</param>
/// <param name="Thoughts">Name of the format in which the model thinks, or <see langword="null"/> when it does not think.</param>
internal sealed record ModelFacts(
    string Path, string Description, string Architecture, long Parameters, long SizeInBytes, int Layers, int EmbeddingLength,
    int VocabularySize, int TrainedContextLength, string? ChatProblem, string? Thoughts = null)
{
    /// <summary>Whether the chat template has levels of thinking, and not only a switch.</summary>
    public bool ThinksInLevels { get; init; }

    /// <summary>The sampling that the file recommends, by the names of its keys (<see cref="ModelSampling.Facts"/>).</summary>
    public IReadOnlyDictionary<string, string> Sampling { get; init; } = SortedFacts.None;

    /// <summary>Keys of the recommendation that have no effect, with their values.</summary>
    public IReadOnlyList<string> UnusedSampling { get; init; } = [];

    /// <summary>Which chat template is used, and how; <see langword="null"/> without a usable one.</summary>
    public string? Template { get; init; }

    /// <summary>A short conversation as the template writes it; <see langword="null"/> when it cannot.</summary>
    public string? RenderedTurn { get; init; }

    /// <summary>Variables that the template reads beside the conversation.</summary>
    public IReadOnlyList<string> TemplateVariables { get; init; } = [];
}
