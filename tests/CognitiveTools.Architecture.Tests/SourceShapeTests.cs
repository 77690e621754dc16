namespace CognitiveTools.Architecture.Tests;

/// <summary>House rules on shape that no analyzer counts.</summary>
public sealed class SourceShapeTests
{
    private const int LongestFile = 400;

    [Fact]
    public void No_source_file_is_longer_than_four_hundred_lines()
    {
        var tooLong = SourceFiles.All()
            .Select(f => (File: Path.GetRelativePath(RepositoryFolder.Path, f), Lines: File.ReadLines(f).Count()))
            .Where(f => f.Lines > LongestFile);

        Assert.Empty(tooLong);
    }

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
}
