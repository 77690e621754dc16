namespace CognitiveTools.Tests;

/// <summary>
/// Compares a text with the golden file of that name. To accept a change, set COGNITIVE_TOOLS_GOLDEN to this folder's path
/// and run the tests: the files are written instead, and the change shows in the diff.
/// </summary>
internal static class Golden
{
    public static void Match(string name, string actual)
    {
        if (Environment.GetEnvironmentVariable("COGNITIVE_TOOLS_GOLDEN") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(folder, $"{name}.txt"), actual);
        else
            Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", $"{name}.txt")), actual);
    }
}
