namespace CognitiveTools.Cli.Tests;

public sealed class ClusterCommandTests
{
    [Fact]
    public async Task The_script_for_PostgreSQL_is_printed_whole()
    {
        var run = await CommandRun.OfAsync("cluster", "sql");

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("-- Version 1 ", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("COMMIT;\n", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }
}
