namespace CognitiveTools.Architecture.Tests;

/// <summary>The source files as they are written; what builds leave behind is not among them.</summary>
internal static class SourceFiles
{
    /// <summary>Those of the product and of the laboratory.</summary>
    public static IEnumerable<string> All() =>
        new[] { "src", "lab" }.SelectMany(static folder => Of(Path.Combine(RepositoryFolder.Path, folder)));

    /// <summary>Those of the product, the laboratory, the tests and the samples.</summary>
    public static IEnumerable<string> AndTests() =>
        new[] { "src", "lab", "tests", "samples" }.SelectMany(static folder => Of(Path.Combine(RepositoryFolder.Path, folder)));

    /// <summary>Those below a folder.</summary>
    public static IEnumerable<string> Of(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(static file => !file.Split(Path.DirectorySeparatorChar).Any(static part => part is "obj" or "bin"));
}
