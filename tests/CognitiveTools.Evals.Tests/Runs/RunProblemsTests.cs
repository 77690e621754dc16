using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;

namespace CognitiveTools.Evals.Tests.Runs;

public sealed class RunProblemsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_keeps_its_problems_as_a_problem_file()
    {
        Problem[] problems =
        [
            new("a", "Is $x < 2$?\nSay \"so\".", "1") { Topic = "算術", Difficulty = "3", Source = "here", Cluster = "AIME-2022" },
            new("b", "What is 2?", "2"),
        ];
        var catalog = ScriptedReasoner.Catalog(("direct", new ScriptedReasoner(_ => "ANSWER: 1")));

        await EvalRun.ExecuteAsync(
            Suite.FromArms("direct"),
            problems,
            catalog,
            new RunOptions { Directory = _folder.File("run") },
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(problems, ProblemFile.Read(_folder.File("run/problems.jsonl")).Problems);
        Assert.Equal(problems, RunFiles.ReadProblems(_folder.File("run")).Values);
    }
}
