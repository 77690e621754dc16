using CognitiveTools.Evals.Comparisons;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;

namespace CognitiveTools.Evals.Tests.Comparisons;

public sealed class RunComparisonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Runs_are_paired_by_problem_whatever_their_order()
    {
        var first = await Run("first", 12, i => i < 6);
        var second = await Run("second", 12, i => i >= 1, reversed: true);

        var row = Assert.Single(RunComparison.Of(first, second).Rows);

        Assert.Equal((0.5, 11.0 / 12), (row.FirstAccuracy, row.SecondAccuracy));
        Assert.Equal(["p6", "p7", "p8", "p9", "p10", "p11"], row.Gained);
        Assert.Equal(["p0"], row.Lost);
        Assert.Equal(0.125, row.Difference.Test.P, 1e-12); // exact McNemar, 6 against 1: 2 * (1 + 7) / 2^7
        Assert.Equal(row.Difference.Test.P, row.AdjustedP);
    }

    [Fact]
    public async Task Problems_of_one_run_only_are_left_out_and_counted_and_the_reader_is_warned()
    {
        var comparison = RunComparison.Of(await Run("first", 4, _ => true), await Run("second", 6, _ => true));

        Assert.Equal((4, 2), (comparison.Rows[0].Difference.Problems, comparison.Rows[0].LeftOut));
        Assert.Contains("problem sets differ", Assert.Single(comparison.Warnings), StringComparison.Ordinal);
        Assert.Contains("2 problems that only one of the two answered", ComparisonText.Render(comparison), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_arms_of_one_run_can_be_compared_and_strangers_cannot()
    {
        var run = await Run("first", 4, i => i < 2, "direct,cot");

        Assert.Equal(0, Assert.Single(RunComparison.Of(run, run, [("direct", "cot")]).Rows).Difference.Mean);
        var stranger = Assert.Throws<ArgumentException>(() => RunComparison.Of(run, run, [("direct", "tools")]));
        Assert.Contains("direct, cot", stranger.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RunComparison.Of(run, Rename(run)));
    }

    private static RunResult Rename(RunResult run) => run with
    {
        Header = run.Header with
        {
            Suite = run.Header.Suite with { Arms = [.. run.Header.Suite.Arms.Select(a => a with { Name = "other " + a.Name })] },
        },
    };

    private Task<RunResult> Run(string name, int problems, Func<int, bool> right, string arms = "direct", bool reversed = false)
    {
        Problem[] all = [.. Enumerable.Range(0, problems).Select(i => new Problem($"p{i}", $"{i}?", $"{i}"))];
        if (reversed)
            Array.Reverse(all);
        var reasoner = new ScriptedReasoner(q => right(int.Parse(q.Id[1..])) ? $"ANSWER: {q.Id[1..]}" : "ANSWER: 999");
        return EvalRun.ExecuteAsync(
            Suite.FromArms(arms), all, ScriptedReasoner.Catalog([.. arms.Split(',').Select(arm => (arm, reasoner))]),
            new RunOptions { Directory = _folder.File(name) }, cancellationToken: TestContext.Current.CancellationToken);
    }
}
