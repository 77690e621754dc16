namespace CognitiveTools.Evals.Tests;

/// <summary>Finds the files that the project ships.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CognitiveTools.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No CognitiveTools.sln above {AppContext.BaseDirectory}; run the tests from a checkout.");
    }
}
