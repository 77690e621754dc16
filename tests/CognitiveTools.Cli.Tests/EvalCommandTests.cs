using System.Text.Json;

namespace CognitiveTools.Cli.Tests;

public sealed class EvalCommandTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    private const string Arms = "direct,cot,tools,latent:steps=2,pause:steps=2,latent:steps=2/zeroed";

    [Fact]
    public async Task Every_arm_runs_on_a_real_engine_and_a_second_call_finds_the_run_finished()
    {
        var run = files.PathOf("run");
        string[] arguments =
        [
            "eval", "-m", files.Model, "-p", files.Problems, "-a", Arms, "--max-tokens", "12", "--run", run, "--json", "--threads", "1",
        ];

        var first = await CommandRun.OfAsync(arguments);
        var written = await File.ReadAllTextAsync(Path.Combine(run, "units.jsonl"), TestContext.Current.CancellationToken);
        var second = await CommandRun.OfAsync(arguments);

        Assert.Equal(ExitCodes.Success, first.ExitCode);
        Assert.Equal(18, written.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(written, await File.ReadAllTextAsync(Path.Combine(run, "units.jsonl"), TestContext.Current.CancellationToken));
        Assert.Equal(first.Output, second.Output);
        using var summary = JsonDocument.Parse(first.Output);
        Assert.Equal(6, summary.RootElement.GetProperty("arms").GetArrayLength());
        Assert.True(File.Exists(Path.Combine(run, "report.html")));
    }

    [Fact]
    public async Task The_tool_arm_goes_through_the_kernel_and_latent_positions_are_counted()
    {
        var run = files.PathOf("counted");

        await CommandRun.OfAsync(
            "eval", "-m", files.Model, "-p", files.Problems, "--take", "1", "-a", "latent:steps=3", "--max-tokens", "4", "--run",
            run, "--threads", "1");

        var unit = JsonDocument.Parse(
            (await File.ReadAllLinesAsync(Path.Combine(run, "units.jsonl"), TestContext.Current.CancellationToken))[0]);
        Assert.Equal(3, unit.RootElement.GetProperty("usage").GetProperty("latent").GetInt64());
        Assert.Equal(3, unit.RootElement.GetProperty("thoughts").GetInt32());
    }

    [Theory]
    [InlineData("nonsense", "There is no reasoner 'nonsense'")]
    [InlineData("latent:steps=0", "steps")]
    [InlineData("latent:rule=nothing", "nothing")]
    [InlineData("pause/zeroed", "pause")]
    [InlineData("direct,direct", "given twice")]
    public async Task A_wrong_arm_is_refused_by_name_before_anything_runs(string arms, string message)
    {
        var run = files.PathOf("refused");
        var refused = await CommandRun.OfAsync("eval", "-m", files.Model, "-p", files.Problems, "-a", arms, "--run", run, "--threads", "1");

        Assert.Equal(ExitCodes.BadInput, refused.ExitCode);
        Assert.Contains(message, refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(run, "units.jsonl")));
    }

    [Fact]
    public async Task A_problem_file_that_is_not_there_is_named()
    {
        var missing = files.PathOf("missing.jsonl");
        var refused = await CommandRun.OfAsync("eval", "-m", files.Model, "-p", missing, "-a", "direct");

        Assert.Equal(ExitCodes.BadInput, refused.ExitCode);
        Assert.Contains("missing.jsonl", refused.Error, StringComparison.Ordinal);
    }
}
