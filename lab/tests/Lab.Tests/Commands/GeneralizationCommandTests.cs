using CognitiveTools.Cli;
using CognitiveTools.Cli.Tests;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Training.Cards;

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

    [Theory]
    [InlineData("small-families", 2037, 100)]
    [InlineData("short-searches", 2038, 60)]
    [InlineData("longer-searches", 2039, 30)]
    public void The_shipped_problems_are_those_the_generator_draws(string suite, int seed, int count)
    {
        var drawn = ProblemFile.Write(new CardData(suite, (ulong)seed, count).Draw().Problems);

        Assert.Equal(drawn, File.ReadAllText(Path.Combine(Repository.Root, "evals", "problems", suite + ".jsonl")));
    }

    [Fact]
    public void A_card_can_name_a_topic_of_a_suite_and_no_other()
    {
        var symbolic = new CardData("small-families", 3, 2) { Families = ["symbolic"] };

        Assert.Equal(4, symbolic.Draw().Problems.Count);
        Assert.All(symbolic.Draw().Problems, static problem => Assert.Equal("symbolic", problem.Topic));
        var wrong = Assert.Throws<ArgumentException>(() => (symbolic with { Families = ["symbols"] }).Draw());
        Assert.Contains("no topic 'symbols'; there are semantic, symbolic", wrong.Message, StringComparison.Ordinal);
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
