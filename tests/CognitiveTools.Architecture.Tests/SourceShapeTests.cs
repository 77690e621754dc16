namespace CognitiveTools.Architecture.Tests;

/// <summary>House rules on shape that no analyzer counts.</summary>
public sealed class SourceShapeTests
{
    private const int LongestLine = 140;
    private const int LongestFile = 300;

    [Fact]
    public void No_line_is_longer_than_140_characters() =>
        Assert.Empty(FilesWhere(static lines => Array.Exists(lines, static line => line.Length > LongestLine)));

    [Fact]
    public void No_source_file_is_longer_than_300_lines() =>
        Assert.Empty(FilesWhere(static lines => lines.Length > LongestFile));

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

    private static IEnumerable<string> FilesWhere(Predicate<string[]> breaks) => SourceFiles.AndTests()
        .Where(file => breaks(File.ReadAllLines(file)))
        .Select(static file => Path.GetRelativePath(RepositoryFolder.Path, file));
}
