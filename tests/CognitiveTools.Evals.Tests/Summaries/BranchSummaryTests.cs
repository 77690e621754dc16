using CognitiveTools.Answers.Reading;
using CognitiveTools.Evals.Grading;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Evals.Summaries;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Tests.Summaries;

public sealed class BranchSummaryTests : IDisposable
{
    // Per problem what the branches say and which is chosen; every problem's answer is 1.
    private static readonly (string[] Texts, int Chosen)[] Cases =
    [
        (["ANSWER: 1", "ANSWER: 2", "ANSWER: 2", "hm"], 1), // seen, not chosen
        (["ANSWER: 1", "ANSWER: 1", "ANSWER: 2", "ANSWER: 1"], 0), // seen and chosen
        (["ANSWER: 3", "no idea", "ANSWER: 2", "ANSWER: 3"], 0), // never seen
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Coverage_is_any_right_and_selected_is_the_chosen_one_right()
    {
        var run = await RunAsync();

        var branches = Assert.Single(Summary.From(run).Branches);
        Assert.Equal(("wide", 4.0), (branches.Arm, branches.Branches));
        Assert.Equal(2 / 3.0, branches.Coverage, 1e-12);
        Assert.Equal(1 / 3.0, branches.Selected, 1e-12);
        Assert.Equal((1 + 3 + 0) / 12.0, branches.Mean, 1e-12);
        var wide = run.Units.Where(u => u.Arm == "wide").OrderBy(u => u.Problem, StringComparer.Ordinal);
        Assert.Equal([1, 3, 0], wide.Select(u => u.BranchesCorrect));
        Assert.All(run.Units.Where(u => u.Arm == "plain"), u => Assert.Equal((0, 0), (u.Branches, u.BranchesCorrect)));
    }

    [Fact]
    public async Task Agreement_with_greedy_decoding_is_averaged_over_units()
    {
        var summary = Summary.From(await RunAsync());

        Assert.Equal(new AgreementSummary("wide", 3, (0.5 + 0.75 + 1) / 3, 0.25), Assert.Single(summary.Agreements) with { Spread = 0.25 });
        Assert.Equal((0.1 + 0.2 + 0.3) / 3, summary.Agreements[0].Spread, 1e-12);
        Assert.Contains("coverage@N", SummaryText.Render(summary), StringComparison.Ordinal);
        Assert.Contains("tokens as greedy", SummaryText.Render(summary), StringComparison.Ordinal);
        Assert.Contains("\"selected\": 0.333", SummaryJson.Render(summary), StringComparison.Ordinal);
        Assert.Contains("\"identical\": 0.75", SummaryJson.Render(summary), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_figures_survive_the_log_and_grading_again()
    {
        var run = await RunAsync();

        var again = Regrader.Regrade(RunResult.Load(run.Directory), AnswerKinds.Find("text")!);

        Assert.Equal(Summary.From(run).Branches, Summary.From(RunResult.Load(run.Directory)).Branches);
        Assert.Equal(Summary.From(run).Branches, Summary.From(again.Run).Branches);
    }

    private Task<RunResult> RunAsync() => EvalRun.ExecuteAsync(
        Suite.FromArms("plain,wide"),
        [.. Cases.Select((_, i) => new Problem($"p{i}", $"{i}?", "1"))],
        ScriptedReasoner.Catalog(
            ("plain", new ScriptedReasoner(_ => "ANSWER: 1")),
            ("wide", new ScriptedReasoner((q, _, _) => Task.FromResult(Wide(int.Parse(q.Id[1..])))))),
        new RunOptions { Directory = _folder.File("run") },
        cancellationToken: TestContext.Current.CancellationToken);

    private static Reasoning Wide(int index)
    {
        var (texts, chosen) = Cases[index];
        return ScriptedReasoner.Said(texts[chosen]) with
        {
            Steps =
            [
                new Said(texts[chosen]),
                .. texts.Select((text, i) => new Branch(i, text, i == chosen)),
                new Agreement(4, 2 + index, 0.1 * (index + 1)),
            ],
        };
    }
}
