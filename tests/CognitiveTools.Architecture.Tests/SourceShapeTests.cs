namespace CognitiveTools.Architecture.Tests;

/// <summary>House rules on shape that no analyzer counts. The list of files that still break one can only shrink.</summary>
public sealed class SourceShapeTests
{
    private const int LongestLine = 140;
    private const int LongestFile = 300;

    [Fact]
    public void No_line_is_longer_than_140_characters() =>
        AssertKnown("LongLines.txt", static lines => Array.Exists(lines, static line => line.Length > LongestLine));

    [Fact]
    public void No_source_file_is_longer_than_300_lines() =>
        AssertKnown("LongFiles.txt", static lines => lines.Length > LongestFile);

    [Fact]
    public void Folders_are_named_by_capability_not_by_kind()
    {
        string[] kinds = ["Interfaces", "Enums", "Helpers", "Utils", "Common", "Extensions", "Exceptions"];
        var byKind = SourceFiles.All()
            .Select(f => Path.GetFileName(Path.GetDirectoryName(f))!)
            .Distinct(StringComparer.Ordinal)
            .Intersect(kinds, StringComparer.OrdinalIgnoreCase);

        Assert.Empty(byKind);
    }

    // A file that breaks the rule must be in the list, and a file of the list must break the rule: remove it once it is repaired.
    private static void AssertKnown(string list, Predicate<string[]> breaks)
    {
        var folder = Path.Combine(RepositoryFolder.Path, "tests", "CognitiveTools.Architecture.Tests");
        var found = SourceFiles.AndTests()
            .Where(file => breaks(File.ReadAllLines(file)))
            .Select(static file => Path.GetRelativePath(RepositoryFolder.Path, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

        Assert.Equal(File.ReadAllLines(Path.Combine(folder, list)), found);
    }
}
