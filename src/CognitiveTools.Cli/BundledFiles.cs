namespace CognitiveTools.Cli;

/// <summary>Files that come with the tool: in the repository when run from a clone, next to the program otherwise.</summary>
internal static class BundledFiles
{
    /// <summary>The path of a shipped file.</summary>
    /// <param name="relative">Path from the repository's root.</param>
    /// <exception cref="FileNotFoundException">It is not in the current folder, above it, or next to the program.</exception>
    public static string Find(string relative) => FindAbove(Directory.GetCurrentDirectory(), relative) ?? FindAboveProgram(relative)
        ?? throw new FileNotFoundException(
            $"The file {relative} that comes with cogtools is missing. Run inside a clone, or reinstall.", relative);

    /// <summary>The path of a shipped file that is code; the current folder, which may be another person's, is not searched.</summary>
    /// <param name="relative">Path from the repository's root.</param>
    /// <returns><see langword="null"/> when it is not there.</returns>
    public static string? FindAboveProgram(string relative) => FindAbove(AppContext.BaseDirectory, relative);

    /// <summary>The path of a shipped folder of data, searched as <see cref="Find"/> does.</summary>
    /// <param name="relative">Path from the repository's root.</param>
    /// <returns><see langword="null"/> when it is not there.</returns>
    public static string? FindFolder(string relative) => FindAbove(Directory.GetCurrentDirectory(), relative, Directory.Exists)
        ?? FindAbove(AppContext.BaseDirectory, relative, Directory.Exists);

    private static string? FindAbove(string start, string relative) => FindAbove(start, relative, File.Exists);

    private static string? FindAbove(string start, string relative, Func<string, bool> exists)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, relative);
            if (exists(candidate))
                return candidate;
        }

        return null;
    }
}
