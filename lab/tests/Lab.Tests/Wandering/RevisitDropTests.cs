using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Evals.Tests;
using CognitiveTools.Evals.Wandering;
using CognitiveTools.Lab.Problems;

namespace CognitiveTools.Lab.Tests.Wandering;

public sealed class RevisitDropTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_arm_that_does_no_work_again_is_compared_with_the_first_one_that_leaves_traces()
    {
        var problems = GeneralizationSuites.Draw("short-searches", 3, 4);
        var perfect = problems.Problems.ToDictionary(
            problem => problem.Id, problem => WanderingTasks.Of(problem).PerfectResponse, StringComparer.Ordinal);
        var run = await EvalRun.ExecuteAsync(
            Suite.FromArms("direct,wanders,keeps"),
            problems.Problems,
            ScriptedReasoner.Catalog(
                ("direct", new ScriptedReasoner(_ => "ANSWER: 1")),
                ("wanders", new ScriptedReasoner(question => $"{perfect[question.Id].Split('\n')[0]}\n{perfect[question.Id]}")),
                ("keeps", new ScriptedReasoner(question => perfect[question.Id]))),
            new RunOptions { Directory = _folder.File("run") },
            cancellationToken: TestContext.Current.CancellationToken);

        var drop = Assert.Single(RevisitDrop.Of(run, problems));

        Assert.Equal(("keeps", "wanders", 12, 1.0, 0.0), (drop.Arm, drop.Baseline, drop.Difference.Problems, drop.First, drop.Second));
        Assert.Equal(2 * Math.Pow(2, -12), drop.AdjustedP, 1e-12);
        Assert.Contains("| keeps | wanders | 12 | 100.0% | 0.0% | -100.0", RevisitDrop.ToMarkdown([drop]), StringComparison.Ordinal);

        var goals = problems.Problems.Sum(problem => WanderingTasks.Of(problem).Goals.Count);
        var depths = WanderingCheck.Of(run, problems).Where(static one => one.Arm == "keeps")
            .SelectMany(static one => one.Depths).ToArray();
        Assert.Equal((goals, 0), (depths.Sum(static depth => depth.Goals), depths.Sum(static depth => depth.Missed)));
    }
}
