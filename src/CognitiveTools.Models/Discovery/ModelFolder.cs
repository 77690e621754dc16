using CognitiveTools.Models.Names;

namespace CognitiveTools.Models.Discovery;

/// <summary>Finds the model in a folder, for example one of LM Studio's: <c>~/.lmstudio/models/OWNER/REPO</c>.</summary>
internal static class ModelFolder
{
    private const int MostListed = 20;
    private const int Deepest = 3; // folders below the one named, for the list of a message

    private static readonly EnumerationOptions Below = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = Deepest,
        IgnoreInaccessible = true,
    };

    /// <summary>The model's file, of a split model the first; or why no file can be chosen.</summary>
    public static (string? Path, string? Problem) Find(string folder)
    {
        FileInfo[] files;
        try
        {
            files = new DirectoryInfo(folder).GetFiles();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, $"The folder {folder} cannot be read: {error.Message}");
        }

        // A link to a file that is gone has no length.
        var models = GgufListing.ModelsOf(files.Where(static file => file.Exists).Select(static file => (file.FullName, LengthOf(file))));
        return models switch
        {
            [var one] => (one.Path, null),
            [] => (null, $"{folder} is a folder without a GGUF model. {WhatIsThere(folder, files)}"),
            _ => (null, $"{folder} is a folder with {models.Count} models. Name one of them: {List(models.Select(m => m.Description))}."),
        };
    }

    private static long LengthOf(FileInfo file) =>
        file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target ? target.Length : file.Length;

    private static string WhatIsThere(string folder, FileInfo[] files)
    {
        var below = Directory.EnumerateFiles(folder, "*", Below).Where(GgufListing.IsGguf).Order(StringComparer.Ordinal).ToArray();
        var models = GgufListing.ModelsOf(below.Select(static path => (path, 0L)));
        if (models.Count > 0)
            return $"Name one of the models below it: {List(models.Select(static model => model.Path))}.";
        if (below.FirstOrDefault(GgufListing.IsProjector) is { } projector)
            return $"{projector} is a projector, which a model of images or sound uses and which cannot answer. Fetch the model itself.";
        return files.Any(static file => file.Extension.Equals(".safetensors", StringComparison.OrdinalIgnoreCase))
            ? "It has weights as safetensors: convert them with llama.cpp's convert_hf_to_gguf.py, or get the model as GGUF."
            : "Give a GGUF file, or a folder that holds one.";
    }

    private static string List(IEnumerable<string> names)
    {
        var all = names.ToArray();
        return all.Length <= MostListed
            ? string.Join(", ", all)
            : $"{string.Join(", ", all.Take(MostListed))} and {all.Length - MostListed} more";
    }
}
