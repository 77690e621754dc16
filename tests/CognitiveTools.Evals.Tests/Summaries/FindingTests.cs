using CognitiveTools.Evals.Summaries;
using CognitiveTools.Evals.Tests.Reports;

namespace CognitiveTools.Evals.Tests.Summaries;

public sealed class FindingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_difference_that_no_test_shows_is_not_claimed()
    {
        using var folder = new TemporaryFolder();
        var summary = Summary.From(await SampleRuns.SmallAsync(folder.File("run"), cancellationToken: Token));

        Assert.Equal(
            "direct answers 50.0% of 6 problems of p.jsonl right on m. No difference shown from direct: cot, tools.",
            Finding.Of(summary, "m", "folder/p.jsonl"));
    }

    [Fact]
    public async Task Differences_that_are_left_after_Holm_are_named_with_their_sign()
    {
        using var folder = new TemporaryFolder();
        var summary = Summary.From(await SampleRuns.SmallAsync(folder.File("run"), cancellationToken: Token));
        var (better, worse) = (summary.Arms[2], summary.Arms[1]);
        summary = summary with
        {
            Arms =
            [
                summary.Arms[0],
                worse with
                {
                    ControlOf = "tools",
                    Comparison = worse.Comparison! with { AdjustedP = 0.0004, Difference = Of(worse, -0.25) },
                },
                better with { Comparison = better.Comparison! with { AdjustedP = 0.012, Difference = Of(better, 0.5) } },
            ],
        };

        Assert.Equal(
            "direct answers 50.0% of 6 problems right. Above direct: tools (+50.0 points, p = 0.012).\n"
                + "Controls. Below their arms: cot (-25.0 points, p < 0.001).",
            Finding.Of(summary, null, null));

        static Evals.Statistics.PairedDifference Of(ArmSummary arm, double mean) => arm.Comparison!.Difference with { Mean = mean };
    }
}
