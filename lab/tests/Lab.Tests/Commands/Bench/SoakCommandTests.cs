using CognitiveTools.Cli;
using CognitiveTools.Cli.Tests;
using CognitiveTools.Lab.Bench.Soak;
using CognitiveTools.Lab.Commands.Bench;

namespace CognitiveTools.Lab.Tests.Commands.Bench;

public sealed class SoakCommandTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    [Fact]
    public async Task A_short_soak_says_what_was_done_and_that_nothing_failed()
    {
        var run = await CommandRun.OfAsync(
            "bench", "soak", "-m", files.Model, "--threads", "1", "--minutes", "0.03", "--rounds", "3", "--callers", "4");

        Assert.Contains("only the injected failures occurred", run.Output, StringComparison.Ordinal);
        Assert.Contains(" generation", run.Output, StringComparison.Ordinal);
        Assert.Equal(4, run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length); // the start and every round
    }

    [Fact]
    public async Task Too_many_callers_are_refused()
    {
        var run = await CommandRun.OfAsync("bench", "soak", "-m", files.Model, "--callers", "100");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
    }

    [Fact]
    public void What_grew_what_was_left_and_what_failed_is_said()
    {
        SoakSample[] samples =
        [
            .. Enumerable.Range(0, 4)
                .Select(static i => new SoakSample(TimeSpan.FromSeconds(i), i, 1000 * (i + 1), 0, 0, 2 + i, 0, 10, 10)),
        ];
        var text = SoakCommand.ToText(
            new("m.gguf", 1, new(), samples, new Dictionary<string, long>(StringComparer.Ordinal) { ["fork"] = 3 },
            new Dictionary<string, long>(StringComparer.Ordinal) { ["boom"] = 2 }, 5));

        Assert.Contains("memory NOT FLAT", text, StringComparison.Ordinal);
        Assert.Contains("LEFT BEHIND: lanes, positions or native objects at 00:00:01, 00:00:02, 00:00:03", text, StringComparison.Ordinal);
        Assert.Contains("3 fork", text, StringComparison.Ordinal);
        Assert.Contains("FAILED 2 times: boom", text, StringComparison.Ordinal);
    }
}
