namespace CognitiveTools.Models.Catalog;

/// <summary>What a reference to a model means on this machine.</summary>
/// <param name="Reference">The reference as given.</param>
/// <param name="Path">
/// Where the file is, or will be after the download; of a split model, the first part. Of a Hugging Face repository without a chosen file,
/// the folder of its files.
/// </param>
/// <param name="IsPresent">Whether the file exists, with the catalog's length where that is known; of a split model, every part.</param>
public sealed record ResolvedModel(string Reference, string Path, bool IsPresent)
{
    /// <summary>Where the file is from; <see langword="null"/> for an unknown reference.</summary>
    internal ModelSource? Source { get; init; }

    /// <summary>The catalog's entry, when the reference is a name.</summary>
    internal ModelEntry? Entry { get; init; }

    /// <summary>
    /// SHA-256 that the file must have, in lower-case hexadecimal: the catalog's, or the one recorded at the download;
    /// <see langword="null"/> for the user's own file.
    /// </summary>
    public string? Sha256 { get; init; }

    /// <summary>What is changed about the file when it is loaded; the adapter's path is one that can be opened.</summary>
    internal ModelChange Change { get; init; } = ModelChange.None;

    /// <summary>What to do when the file is missing; <see langword="null"/> when it is present.</summary>
    public string? Remedy { get; init; }

    /// <summary>The files of the model in order: one, or the parts of a split model.</summary>
    internal IReadOnlyList<ModelFile> Files
    {
        get => field is { Count: > 0 } ? field : Source is null ? [] : [new ModelFile(Path, Source, Sha256)];
        init;
    } = [];
}

/// <summary>One file of a model.</summary>
/// <param name="Path">Where it is, or will be.</param>
/// <param name="Source">Where it is from.</param>
/// <param name="Sha256">SHA-256 that it must have, in lower-case hexadecimal; <see langword="null"/> for the user's own file.</param>
internal sealed record ModelFile(string Path, ModelSource Source, string? Sha256);
