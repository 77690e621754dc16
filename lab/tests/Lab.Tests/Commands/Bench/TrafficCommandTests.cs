using CognitiveTools.Cli.Tests;

namespace CognitiveTools.Lab.Tests.Commands.Bench;

public sealed class TrafficCommandTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    [Fact]
    public async Task Traffic_lists_every_caller_and_the_longest_wait()
    {
        var run = await CommandRun.OfAsync("bench", "traffic", "-m", files.Model, "--threads", "1", "--minutes", "0.02", "--callers", "5");

        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3 + 5 + 1, lines.Length);
        Assert.Contains("times the mean (at most 5: ", lines[^1], StringComparison.Ordinal);
    }
}
