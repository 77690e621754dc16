namespace CognitiveTools.Architecture.Tests;

/// <summary>Finds the repository from the test binary's own location.</summary>
internal static class RepositoryFolder
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "CognitiveTools.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No CognitiveTools.sln above {AppContext.BaseDirectory}; run the tests from a checkout.");
    }
}
