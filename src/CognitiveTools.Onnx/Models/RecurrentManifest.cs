namespace CognitiveTools.Onnx.Models;

/// <summary>
/// What a recurrent-depth model's manifest (<c>NAME.json</c>) says: sizes, defaults, and the files of its folder with their hashes.
/// </summary>
internal sealed record RecurrentManifest
{
    /// <summary>The value of <see cref="Format"/> that this version reads.</summary>
    public const string KnownFormat = "cognitivetools-recurrent-1";

    /// <summary>Kind and version of the manifest.</summary>
    public required string Format { get; init; }

    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>Trained parameters.</summary>
    public required int Parameters { get; init; }

    /// <summary>Width of inputs, states and hidden states, in floats.</summary>
    public required int Width { get; init; }

    /// <summary>Tokens in the vocabulary.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Positions a sequence may hold.</summary>
    public required int Context { get; init; }

    /// <summary>Attention heads; <see cref="Width"/> is a multiple.</summary>
    public required int Heads { get; init; }

    /// <summary>Blocks before the core.</summary>
    public required int PreludeBlocks { get; init; }

    /// <summary>Blocks of the core.</summary>
    public required int CoreBlocks { get; init; }

    /// <summary>Blocks after the core.</summary>
    public required int CodaBlocks { get; init; }

    /// <summary>Standard deviation of the state before the first application; 0 for a state of zeros.</summary>
    public required float Sigma { get; init; }

    /// <summary>Mean number of applications in training, which is also the default depth. 1 for a fixed-depth model.</summary>
    public required int TrainedDepth { get; init; }

    /// <summary>
    /// Text with which the model begins every answer, which a host may feed it; <see langword="null"/> when it has no such text.
    /// </summary>
    public string? AnswerLead { get; init; }

    /// <summary>Graph from input rows to e, the input of every core application.</summary>
    public required ManifestFile Prelude { get; init; }

    /// <summary>Graph of one application of the core: from state and e to state.</summary>
    public required ManifestFile Core { get; init; }

    /// <summary>Graph from state to hidden states and logits.</summary>
    public required ManifestFile Coda { get; init; }

    /// <summary>
    /// <see cref="VocabularySize"/> rows of <see cref="Width"/> little-endian floats: input rows, and the output matrix of the coda.
    /// </summary>
    public required ManifestFile Embeddings { get; init; }

    /// <summary>One token per line, as <see cref="CognitiveTools.Text.GreedyVocabulary"/> reads it.</summary>
    public required ManifestFile Vocabulary { get; init; }
}
