namespace CognitiveTools.Cli.Tests;

/// <summary>A command line that cannot be understood: exit code 2, a line in the user's words, no help and no .NET.</summary>
public sealed class UsageErrorTests
{
    [Theory]
    [InlineData("", "cogtools needs one of its commands: ask, eval")]
    [InlineData("aks x", "has no command 'aks'. Did you mean 'ask'?")]
    [InlineData("models gt x", "cogtools models has no command 'gt'. Did you mean 'get'?")]
    [InlineData("models", "cogtools models needs one of its commands")]
    [InlineData("ask", "cogtools ask needs question")]
    [InlineData("ask x y", "'y' is one argument too many for cogtools ask")]
    [InlineData("ask x --thread 3", "has no option --thread. Did you mean '--threads'?")]
    [InlineData("ask x --threads", "--threads needs a value (a whole number)")]
    [InlineData("ask x --threads many", "--threads is 'many'; it must be a whole number")]
    [InlineData("ask x --temperature hot", "--temperature is 'hot'; it must be a number")]
    [InlineData("ask x --backend cud", "it must be one of auto, cpu, cuda, vulkan, metal. Did you mean 'cuda'?")]
    [InlineData("ask x --seed 1e9", "--seed is '1e9'; it must be a whole number")]
    [InlineData("data import", "cogtools data import needs")]
    [InlineData("models get", "cogtools models get needs model")]
    [InlineData("ask x -r toolz -m mini", "There is no reasoner 'toolz'. Did you mean 'tools'?")]
    [InlineData("ask x -m mni", "There is no model and no file 'mni'. Did you mean 'mini'?")]
    [InlineData("ask x -m mini --profile minni", "There is no prompt profile 'minni'. Did you mean 'mini'?")]
    [InlineData("ask x -m ''", "--model is empty. Give it a value, or leave it out.")]
    [InlineData("run show ''", "run is empty. Give it a value, or leave it out.")]
    [InlineData("completion fish", "'fish' not recognized. Must be one of: 'bash' 'zsh' 'pwsh'")]
    [InlineData("train", "has no command 'train'")]
    [InlineData("worker", "A worker needs --cluster redis:HOST:PORT or postgres:HOST:PORT/DATABASE")]
    [InlineData("eval --cluster postgres", "needs the environment variable COGTOOLS_CLUSTER_POSTGRES, HOST:PORT/DATABASE. It is not set.")]
    [InlineData("eval --cluster mysql:x", "--cluster does not know 'mysql'; it takes one of local, redis:HOST:PORT, redis, postgres:")]
    [InlineData("worker --cluster postgres:x", "The address of the PostgreSQL database cannot be read. Give HOST:PORT/DATABASE")]
    public async Task A_wrong_command_line_is_answered_in_a_line(string arguments, string answer)
    {
        var words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var run = await CommandRun.OfAsync([.. words.Select(static word => word == "''" ? "" : word)]);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains(answer, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.True(run.Error.TrimEnd().Split('\n').Length <= 2, run.Error);
        Assert.All(
            ["System.", "CognitiveTools.", "(Parameter", "Nullable"],
            dotnet => Assert.DoesNotContain(dotnet, run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_and_version_are_no_errors()
    {
        Assert.Equal(ExitCodes.Success, (await CommandRun.OfAsync("--version")).ExitCode);
        Assert.Equal(ExitCodes.Success, (await CommandRun.OfAsync("ask", "--help")).ExitCode);
    }
}
