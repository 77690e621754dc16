namespace CognitiveTools.Cli.Tests;

public sealed class HelpTests
{
    [Fact]
    public async Task Help_names_every_command_and_the_first_steps()
    {
        var help = await CommandRun.OfAsync("--help");

        Assert.Equal(ExitCodes.Success, help.ExitCode);
        Assert.All(["ask", "eval", "models", "doctor", "reasoners", "bench", "mcp", "serve", "Exit codes"], text => Assert.Contains(text, help.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_kind_of_reasoner_is_listed_with_its_settings()
    {
        var list = await CommandRun.OfAsync("reasoners");

        Assert.All(["cot", "direct", "latent", "maj", "pause", "tools"], kind => Assert.Contains(kind, list.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_catalog_is_listed()
    {
        var list = await CommandRun.OfAsync("models", "list");

        Assert.Equal(ExitCodes.Success, list.ExitCode);
        Assert.Contains("tinyllama", list.Output, StringComparison.Ordinal);
    }
}
