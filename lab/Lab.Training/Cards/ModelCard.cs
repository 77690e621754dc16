namespace CognitiveTools.Lab.Training.Cards;

/// <summary>
/// What a reference model is, how it came about and what was measured of it, in a form that can be measured again.
/// Lies next to the weights as <c>NAME.card.yaml</c>.
/// </summary>
/// <param name="Name">The model's name.</param>
/// <param name="File">The weights, relative to the card.</param>
/// <param name="Description">One line.</param>
internal sealed record ModelCard(string Name, string File, string Description)
{
    /// <summary>Prompt profile the model was trained with.</summary>
    public required string Profile { get; init; }

    /// <summary>Folder of the tools it was trained with, relative to the repository; <see langword="null"/> for none.</summary>
    public string? Tools { get; init; }

    /// <summary>SHA-256 of the weights, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Number of parameters.</summary>
    public required int Parameters { get; init; }

    /// <summary>Data, recipe, seed, hardware, time and the like: key and text, in the order of the card.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Facts { get; init; } = [];

    /// <summary>What was measured.</summary>
    public IReadOnlyList<CardFigure> Figures { get; init; } = [];

    /// <summary>What the thoughts of a graph search hold; <see langword="null"/> for a model of another kind.</summary>
    public CardProbe? Frontier { get; init; }

    /// <summary>What the model cannot do, and what was tried in vain.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];
}
