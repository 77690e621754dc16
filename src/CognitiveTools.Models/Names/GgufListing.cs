namespace CognitiveTools.Models.Names;

/// <summary>A model among the files of a folder or repository; the parts of a split model count as one.</summary>
/// <param name="Path">The file's path as listed, of a split model the first part's.</param>
/// <param name="Bytes">Length of all its files.</param>
/// <param name="Files">Its files; several for a split model.</param>
internal sealed record ListedModel(string Path, long Bytes, int Files)
{
    /// <summary>Whether every part of a split model is listed.</summary>
    public bool IsComplete => Files == SplitFileName.FilesOf(Path).Count;

    /// <summary>The path and the size, for messages.</summary>
    public string Description => Files == 1 ? $"{Path} ({Size})" : $"{Path} ({Files} files, {Size})";

    private string Size => Bytes < 1e9
        ? FormattableString.Invariant($"{Bytes / 1e6:0.0} MB")
        : FormattableString.Invariant($"{Bytes / 1e9:0.00} GB");
}

/// <summary>Sorts the files of a folder or repository by what their names say.</summary>
internal static class GgufListing
{
    private const string Ending = ".gguf";

    /// <summary>The language models among files, in order of their paths; projectors and importance matrices are left out.</summary>
    public static IReadOnlyList<ListedModel> ModelsOf(IEnumerable<(string Path, long Bytes)> files) =>
    [
        .. files.Where(static file => IsGguf(file.Path) && !IsBeside(file.Path))
            .GroupBy(static file => SplitFileName.FilesOf(file.Path)[0], StringComparer.Ordinal)
            .Select(static model => new ListedModel(model.Key, model.Sum(static file => file.Bytes), model.Count()))
            .OrderBy(static model => model.Path, StringComparer.Ordinal),
    ];

    /// <summary>Whether a file's name has the ending of GGUF files.</summary>
    public static bool IsGguf(string path) => path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a name says that the file encodes images or sound for a model: llama.cpp's converter puts <c>mmproj</c> into it.
    /// </summary>
    public static bool IsProjector(string path) => NameOf(path).Contains("mmproj", StringComparison.OrdinalIgnoreCase);

    // Importance matrices, which quantisation uses, have GGUF's format too: MODEL.imatrix.gguf, imatrix.gguf.
    private static bool IsBeside(string path) => IsProjector(path)
        || (NameOf(path).Contains("imatrix", StringComparison.OrdinalIgnoreCase) && Quantization.Of(NameOf(path)) is null);

    private static string NameOf(string path) => path[(path.AsSpan().LastIndexOfAny('/', Path.DirectorySeparatorChar) + 1)..];
}
