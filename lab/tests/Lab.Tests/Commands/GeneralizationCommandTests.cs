using CognitiveTools.Cli;
using CognitiveTools.Cli.Tests;
using CognitiveTools.Evals.Problems;

namespace CognitiveTools.Lab.Tests.Commands;

public sealed class GeneralizationCommandTests
{
    [Theory]
    [InlineData("dataalchemy", 16)]
    [InlineData("family-trees", 12)]
    [InlineData("wandering", 4)]
    [InlineData("small-families", 8)]
    [InlineData("short-searches", 3)]
    [InlineData("longer-searches", 2)]
    [InlineData("the-question", 5)]
    public async Task A_generalization_suite_is_written_as_problems(string suite, int problems)
    {
        var run = await CommandRun.OfAsync("data", "generate", suite, "--seed", "3", "--count", "1");
        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(problems, ProblemFile.Parse(new StringReader(run.Output), "generated").Problems.Count);
    }

    [Fact]
    public async Task Traces_from_elsewhere_are_checked_and_a_check_without_traces_is_refused()
    {
        using var files = new TinyFiles();
        var (problems, responses) = (files.PathOf("problems.jsonl"), files.PathOf("mine.jsonl"));
        await CommandRun.OfAsync("data", "generate", "wandering", "--count", "1", "--out", problems);
        await File.WriteAllTextAsync(responses, "{\"id\":\"windows-0001\",\"response\":\"END\"}\n", TestContext.Current.CancellationToken);

        var checkedTraces = await CommandRun.OfCogtoolsAsync("data", "check-traces", "--problems", problems, "--responses", responses);
        Assert.Equal(ExitCodes.Success, checkedTraces.ExitCode);
        Assert.Contains("| mine | windows | 1 |", checkedTraces.Output, StringComparison.Ordinal);
        Assert.Matches(@"\| mine \| windows \| 1 \| (\d+) \| \1 \| 100\.0% \|", checkedTraces.Output); // no goal was reached
        Assert.Equal(ExitCodes.BadInput, (await CommandRun.OfCogtoolsAsync("data", "check-traces", "--problems", problems)).ExitCode);
    }
}
