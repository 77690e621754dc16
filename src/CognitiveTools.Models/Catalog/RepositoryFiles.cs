namespace CognitiveTools.Models.Catalog;

/// <summary>Finds files of this repository, which come with the program or lie above the current folder.</summary>
internal static class RepositoryFiles
{
    /// <summary>A file below one of the folders, or below one above them; <see langword="null"/> when it is not found.</summary>
    public static string? FindAbove(string path, params ReadOnlySpan<string> starts)
    {
        foreach (var start in starts)
        {
            for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
            {
                var candidate = Path.Combine(at.FullName, path);
                if (File.Exists(candidate))
                    return candidate;
            }
        }

        return null;
    }
}
