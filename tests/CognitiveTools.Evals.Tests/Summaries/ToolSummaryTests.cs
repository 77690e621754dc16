using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Evals.Summaries;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Tests.Summaries;

public sealed class ToolSummaryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Every problem's answer is 1. What is proposed, how it is judged, and what is answered in the end:
    [Fact]
    public async Task Flips_and_verdicts_are_counted_against_the_truth()
    {
        (string Proposed, bool? Accepts, string Outcome, string Final)[] cases =
        [
            ("1", true, "Answered", "1"), ("1", false, "Answered", "2"), ("2", false, "Answered", "1"), ("2", false, "ContractBroken", "3"),
            ("2", true, "Answered", "2"), ("", null, "Refused", "1"),
        ];
        var reasoner = new ScriptedReasoner((q, _, _) =>
        {
            var (proposed, accepts, outcome, final) = cases[int.Parse(q.Id[1..])];
            var arguments = proposed.Length == 0 ? "{}" : $$"""{"current_proposed_answer":"{{proposed}}"}""";
            return Task.FromResult(ScriptedReasoner.Said($"ANSWER: {final}") with
            {
                Steps =
                [
                    new Called("examine_answer", arguments, outcome, "I would say 1")
                    {
                        Accepts = accepts,
                        Notes = accepts is null ? ["bad"] : [],
                    },
                    new Said($"ANSWER: {final}"),
                ],
            });
        });
        var run = await EvalRun.ExecuteAsync(
            Suite.FromArms("tools"),
            [.. cases.Select((_, i) => new Problem($"p{i}", $"{i}?", "1"))],
            ScriptedReasoner.Catalog(("tools", reasoner)),
            new RunOptions { Directory = _folder.File("run") }, cancellationToken: TestContext.Current.CancellationToken);

        var summary = Summary.From(RunResult.Load(run.Directory));

        var tool = Assert.Single(summary.Tools);
        Assert.Equal((6, 4, 1, 1, 1, 6), (tool.Calls, tool.Kept, tool.Broken, tool.Refused, tool.Noted, tool.GoldSeen));
        Assert.Equal((1, 1, 1, 2), (tool.RightRight, tool.RightWrong, tool.WrongRight, tool.WrongWrong));
        Assert.Equal((2, 1, 1, 1), (tool.WrongRejected, tool.WrongAccepted, tool.RightRejected, tool.RightAccepted));
        Assert.Equal((2.0 / 3, 2.0 / 3), (tool.Precision, tool.Recall));
        Assert.Contains("examine_answer", SummaryText.Render(summary), StringComparison.Ordinal);
        Assert.Contains("\"verdict_precision\": 0.666", SummaryJson.Render(summary), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_said_before_a_call_counts_when_none_is_handed_over()
    {
        var reasoner = new ScriptedReasoner((_, _, _) => Task.FromResult(ScriptedReasoner.Said("ANSWER: 2") with
        {
            Steps =
            [
                new Said("So far \\boxed{1}."),
                new Called("backtracking", """{"reasoning_trace":"x"}""", "Answered", "no"),
                new Said("ANSWER: 2"),
            ],
        }));

        var run = await EvalRun.ExecuteAsync(
            Suite.FromArms("tools"),
            [new Problem("p", "?", "1")],
            ScriptedReasoner.Catalog(("tools", reasoner)),
            new RunOptions { Directory = _folder.File("run") },
            cancellationToken: TestContext.Current.CancellationToken);

        var call = run.Units[0].Calls[0];
        Assert.Equal(("1", true, false), (call.Before, call.BeforeCorrect, call.GoldSeen));
        Assert.Equal(1, Assert.Single(Summary.From(run).Tools).RightWrong);
    }
}
