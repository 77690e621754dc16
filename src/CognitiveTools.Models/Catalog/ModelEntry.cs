namespace CognitiveTools.Models.Catalog;

/// <summary>A model that the catalog knows by name.</summary>
internal sealed record ModelEntry
{
    /// <summary>The name, for instance <c>tinyllama</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One or two sentences.</summary>
    public required string Description { get; init; }

    /// <summary>The licence of the weights, as an SPDX identifier if possible.</summary>
    public required string Licence { get; init; }

    /// <summary>The file's name in the store.</summary>
    public required string File { get; init; }

    /// <summary>Where the file is from.</summary>
    public required ModelSource Source { get; init; }

    /// <summary>Length in bytes; <see langword="null"/> when only the server knows.</summary>
    public long? Bytes { get; init; }

    /// <summary>SHA-256 in lower-case hexadecimal; <see langword="null"/> when only the server knows.</summary>
    public string? Sha256 { get; init; }

    /// <summary>What is changed about the file when it is loaded.</summary>
    public ModelChange Change { get; init; } = ModelChange.None;

    /// <summary>The prompt profile that suits the model.</summary>
    public string Profile { get; init; } = "default";
}
