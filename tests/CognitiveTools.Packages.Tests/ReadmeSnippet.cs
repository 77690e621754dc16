namespace CognitiveTools.Packages.Tests;

/// <summary>The README's first program: the commands that make its project, and <c>Program.cs</c>.</summary>
internal sealed record ReadmeSnippet(IReadOnlyList<string[]> Commands, string Program)
{
    private const string First = "```sh\ndotnet new console\n";

    /// <summary>Reads it: the block of commands that begins with <c>dotnet new console</c>, and the first block of C# after it.</summary>
    public static ReadmeSnippet Read()
    {
        var readme = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "README.md")).ReplaceLineEndings("\n");
        var at = readme.IndexOf(First, StringComparison.Ordinal);
        Assert.True(at >= 0, "README.md has no block of commands that begins with `dotnet new console`.");
        var commands = Block(readme[at..], "```sh\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(commands, static command => Assert.StartsWith("dotnet ", command, StringComparison.Ordinal));
        return new ReadmeSnippet([.. commands.Select(static command => command.Split(' '))], Block(readme[at..], "```csharp\n"));
    }

    private static string Block(string text, string opening) => text.Split(opening, 2)[1].Split("```", 2)[0];
}
