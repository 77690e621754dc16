using System.Text.RegularExpressions;

namespace CognitiveTools.Architecture.Tests;

/// <summary>
/// Folders that import each other are one folder with two names. A folder of a project is the first part of its namespace behind the
/// project's; it imports another one when a file of it names that namespace.
/// </summary>
public sealed class FolderCycleTests
{
    [Fact]
    public void No_two_folders_of_a_project_import_each_other()
    {
        var found = Directory.GetDirectories(Path.Combine(RepositoryFolder.Path, "src")).SelectMany(Cycles).Order(StringComparer.Ordinal).ToArray();

        Assert.Empty(found);
    }

    private static IEnumerable<string> Cycles(string folder)
    {
        var project = Path.GetFileName(folder);
        var name = new Regex($@"\b{Regex.Escape(project)}\.(?<folder>[A-Z]\w*)", RegexOptions.None, TimeSpan.FromSeconds(10));
        var imports = SourceFiles.Of(folder)
            .SelectMany(file => name.Matches(File.ReadAllText(file)).Select(match => (From: FolderOf(folder, file), To: match.Groups["folder"].Value)))
            .Where(import => import.From != import.To && Directory.Exists(Path.Combine(folder, import.To)))
            .ToHashSet();
        return imports.Where(import => string.CompareOrdinal(import.From, import.To) < 0 && imports.Contains((import.To, import.From)))
            .Select(import => $"{project}: {import.From} <-> {import.To}");
    }

    // Files in the project's own folder belong to none: they are its entry points, and nothing imports them by a namespace of their own.
    private static string FolderOf(string project, string file) => Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar) is [var first, _, ..] ? first : "";
}
