using CognitiveTools.Hosting;
using CognitiveTools.Models.Integrity;

namespace CognitiveTools.Models.Catalog;

/// <summary>Which prompts suit a model.</summary>
internal static class ModelProfile
{
    private static readonly Lazy<ModelCatalog> Bundled = new(static () => ModelCatalog.Load());

    /// <summary>Reports that a file is a model of the catalog that needs another prompt profile than the host uses.</summary>
    /// <param name="path">The model's file; its content decides, not its name.</param>
    /// <param name="tools">The host's settings.</param>
    /// <returns>
    /// A sentence with the remedy; <see langword="null"/> when the profile suits, the prompts are the user's own, or the model is unknown.
    /// </returns>
    public static string? ProblemOf(string path, CognitiveToolsOptions tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        return tools.PromptsFolder is null && Find(path) is { } entry && entry.Profile != tools.Profile
            ? $"{path} is the model '{entry.Name}', which is made for the prompt profile '{entry.Profile}', and '{tools.Profile}' is used. "
                + $"Give it its own: --profile {entry.Profile}, or the setting CognitiveTools:Profile."
            : null;
    }

    // A file of another length is another model, so large files are not hashed without need.
    private static ModelEntry? Find(string path)
    {
        if (new FileInfo(path) is not { Exists: true, Length: var length })
            return null;
        var candidates = Bundled.Value.Entries.Where(entry => entry.Bytes == length).ToArray();
        if (candidates.Length == 0)
            return null;
        var hash = new FileHashes().Of(path);
        return candidates.FirstOrDefault(entry => entry.Sha256 == hash);
    }
}
