namespace CognitiveTools.Lab.Bench.Architectures;

/// <summary>A model architecture of llama.cpp, of which a small random model can be written.</summary>
/// <param name="Name">llama.cpp's name of it.</param>
/// <param name="Family">Models that people run which have it.</param>
/// <param name="Kind">What a sequence keeps.</param>
internal sealed record ToyArchitecture(string Name, string Family, MemoryKind Kind = MemoryKind.Attention)
{
    /// <summary>Whether the feed-forward layers are made of experts.</summary>
    public bool HasExperts { get; init; }

    /// <summary>Whether keys and values are stored in a compressed form (multi-head latent attention).</summary>
    public bool IsCompressed { get; init; }

    /// <summary>Layers.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Whether every second layer attends: for the hybrids whose files give a number of key-value heads for each layer.</summary>
    public bool HeadsVary { get; init; }

    /// <summary>Whether it takes tokens only, so that latent reasoning is refused.</summary>
    public bool TakesTokensOnly { get; init; }

    /// <summary>Whether the engine forwards every prompt whole.</summary>
    public bool SharesNoPrompts { get; init; }

    /// <summary>Parts of the names of tensors that llama.cpp would take, and that files of the architecture do not have.</summary>
    public IReadOnlyList<string> Omits { get; init; } = [];

    /// <summary>Whether the graph ends with the matrix of embeddings, so that the last norm has to make the logits small.</summary>
    public bool ReusesEmbeddings { get; init; }

    /// <summary>The name of the file, without its extension.</summary>
    public string FileName { get; init; } = Name;

    /// <summary>Hyperparameters beside those that all toys have, or in their place; without the name of the architecture.</summary>
    public IReadOnlyDictionary<string, object> Values { get; init; } = new Dictionary<string, object>(StringComparer.Ordinal);
}
