namespace CognitiveTools.Onnx.Models;

/// <summary>
/// What the manifest (<c>NAME.json</c>) of a GRAM says: sizes, what is random, and the files of its folder with their hashes.
/// </summary>
internal sealed record GramManifest
{
    /// <summary>The value of <see cref="Format"/> that this version reads.</summary>
    public const string KnownFormat = "cognitivetools-gram-1";

    /// <summary>The value of <see cref="Puzzle"/> that this version reads: boards of queens.</summary>
    public const string Queens = "queens";

    /// <summary>Kind and version of the manifest.</summary>
    public required string Format { get; init; }

    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>Trained parameters, those of the posterior included, which the graph does not have.</summary>
    public required int Parameters { get; init; }

    /// <summary>What it was trained to complete.</summary>
    public required string Puzzle { get; init; }

    /// <summary>Cells, and values that each may have.</summary>
    public required int Side { get; init; }

    /// <summary>Width of the states, in floats.</summary>
    public required int Width { get; init; }

    /// <summary>Applications of the low stack in a transition.</summary>
    public required int Inner { get; init; }

    /// <summary>Transitions of a step.</summary>
    public required int Transitions { get; init; }

    /// <summary>Steps of a trajectory in training, which is also the default.</summary>
    public required int TrainedSteps { get; init; }

    /// <summary>Whether transitions add noise, which the graph then takes as an input.</summary>
    public required bool IsNoisy { get; init; }

    /// <summary>Standard deviation of the noise on the first high state; 0 for none.</summary>
    public required float StartSigma { get; init; }

    /// <summary>Graph of one step.</summary>
    public required ManifestFile Step { get; init; }

    /// <summary>One row of <see cref="Width"/> little-endian floats each for the first high and the first low state.</summary>
    public required ManifestFile Start { get; init; }
}
