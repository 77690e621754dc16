using System.Runtime.CompilerServices;

namespace CognitiveTools.Evals.Tests;

/// <summary>The root of the repository, found from this source file.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here)!;
        while (!File.Exists(Path.Combine(folder, "CognitiveTools.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("CognitiveTools.sln was not found above the tests.");
        }

        return folder;
    }
}
