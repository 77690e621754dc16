using CognitiveTools.Models.Catalog;
using CognitiveTools.Models.Names;

namespace CognitiveTools.Models.Downloads;

/// <summary>Chooses the model's file among a repository's files.</summary>
internal static class HubFileChoice
{
    private const int MostListed = 40;

    /// <summary>The rule, for documentation and messages.</summary>
    public static string Rule { get; } = $"the first quantization of {string.Join(", ", Quantization.Preferred)} that is there, else the "
        + "smallest model; of several with one quantization the one with the shortest path";

    /// <summary>The file, and a note for the user when several matched.</summary>
    /// <param name="wanted">The repository and the quantization.</param>
    /// <param name="files">The files of the repository.</param>
    /// <exception cref="DownloadFailure">No file matches; the message lists the models that are there.</exception>
    public static (HuggingFaceSource File, string? Note) Choose(HuggingFaceChoice wanted, IReadOnlyList<(string Path, long Bytes)> files)
    {
        var reference = $"hf:{wanted.Repository}";
        var models = GgufListing.ModelsOf(files.Where(static file => file.Path.Split('/').All(PlainName.Fits)));
        if (models.Count == 0)
            throw new DownloadFailure($"{reference} has no GGUF model. {WhatIsThere(files)}");
        ListedModel[] named =
            [.. models.Where(model => wanted.Quantization is not { } name || Quantization.IsIn(model.Path, name))];
        ListedModel[] matching = [.. named.Where(static model => model.IsComplete)];
        if (matching.Length == 0 && named is [var part, ..])
        {
            throw new DownloadFailure($"{reference} has {part.Files} of the {SplitFileName.FilesOf(part.Path).Count} files of the split "
                + $"model {part.Path}. Look for a repository that has all of them.");
        }

        if (matching.Length == 0)
            throw new DownloadFailure($"{reference} has no model '{wanted.Quantization}'. It has: {List(models)}.");
        var chosen = Best(matching, wanted.Quantization is not null);
        var file = new HuggingFaceSource(wanted.Repository, wanted.Revision, chosen.Path);
        if (matching.Length == 1)
            return (file, null);
        var what = wanted.Quantization is null ? "models" : $"models '{wanted.Quantization}'";
        return (file, $"{reference} has {matching.Length} {what}; {chosen.Description} is chosen. Rule: {Rule}. "
            + $"For another one, give {reference}:QUANT or {reference}/FILE. "
            + $"The others: {List(matching.Where(model => model != chosen))}.");
    }

    private static ListedModel Best(IReadOnlyList<ListedModel> models, bool named)
    {
        var preferred = Quantization.Preferred.FirstOrDefault(name => models.Any(model => Quantization.IsIn(model.Path, name)));
        return models.Where(model => preferred is null || Quantization.IsIn(model.Path, preferred))
            .OrderBy(model => preferred is null && !named ? model.Bytes : 0)
            .ThenBy(static model => model.Path.Length)
            .ThenBy(static model => model.Path, StringComparer.Ordinal)
            .First();
    }

    private static string WhatIsThere(IReadOnlyList<(string Path, long Bytes)> files)
    {
        if (files.Any(static file => GgufListing.IsProjector(file.Path) && GgufListing.IsGguf(file.Path)))
        {
            return "It has only a projector, which a model of images or sound uses and which cannot answer. "
                + "Look for the model's repository.";
        }

        var names = files.Select(static file => file.Path).Order(StringComparer.Ordinal).ToArray();
        var there = names.Length == 0 ? "It has no files" : $"It has: {string.Join(", ", names.Take(MostListed))}{More(names.Length)}";
        return $"{there}. Look for a repository with GGUF files, often named like the model with -GGUF at the end.";
    }

    private static string List(IEnumerable<ListedModel> models)
    {
        var all = models.ToArray();
        return string.Join(", ", all.Take(MostListed).Select(static model => model.Description)) + More(all.Length);
    }

    private static string More(int count) => count > MostListed ? $" and {count - MostListed} more" : "";
}
