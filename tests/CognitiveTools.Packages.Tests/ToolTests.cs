namespace CognitiveTools.Packages.Tests;

/// <summary>The command line as <c>dotnet tool install</c> puts it on a machine.</summary>
public sealed class ToolTests
{
    private const string Question = "Eva has 29 coins. Then 3 are lost. Then 10 are lost. How many are there at last?";

    [Fact]
    public async Task The_installed_tool_answers_with_a_tool_call_outside_the_repository()
    {
        Assert.SkipUnless(PackedPackages.ArePacked, PackedPackages.Skip);
        using var outside = new OutsideFolder();
        var version = PackedPackages.NuspecOf(PackedPackages.Find("CognitiveTools.Cli")).Version;
        var bin = Path.Combine(outside.Path, "bin");
        await outside.RunAsync("empty", "dotnet", "tool", "install", "CognitiveTools.Cli", "--tool-path", bin, "--version", version);
        var cogtools = Path.Combine(bin, OperatingSystem.IsWindows() ? "cogtools.exe" : "cogtools");

        var asked = await outside.RunAsync("empty", cogtools, "ask", Question, "-m", "mini", "--reasoner", "tools", "--show-trace");
        var proposals = await outside.RunAsync("empty", cogtools, "[suggest:12]", "cogtools mod");

        Assert.Equal("ANSWER: 16", asked.Output.Trim());
        Assert.Contains("understand_question", asked.Error, StringComparison.Ordinal);
        Assert.Equal("models", proposals.Output.Trim());
    }
}
