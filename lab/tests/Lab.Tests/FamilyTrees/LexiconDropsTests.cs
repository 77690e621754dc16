using CognitiveTools.Answers.Reading;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Problems;
using CognitiveTools.Lab.Problems.FamilyTrees;

namespace CognitiveTools.Lab.Tests.FamilyTrees;

public sealed class LexiconDropsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_solver_that_lives_on_words_alone_drops_where_the_words_are_gone()
    {
        var problems = GeneralizationSuites.Draw("family-trees", 1, 8);
        var gold = problems.Problems.ToDictionary(problem => problem.Id, problem => problem, StringComparer.Ordinal);
        var reader = new ScriptedReasoner(
            question => "ANSWER: " + (gold[question.Id].Topic is "semantic" or "renamed" ? gold[question.Id].Answer : "?"));
        var run = await EvalRun.ExecuteAsync(
            Suite.FromArms("direct") with { Answers = AnswerKinds.Find("text") },
            problems.Problems,
            ScriptedReasoner.Catalog(("direct", reader)),
            new RunOptions { Directory = _folder.File("run") },
            cancellationToken: TestContext.Current.CancellationToken);

        var drops = LexiconDrops.Of(run, problems).ToDictionary(drop => drop.Lexicon, drop => drop);

        Assert.All(drops.Values, drop => Assert.Equal((24, 1.0), (drop.Difference.Problems, drop.Semantic)));
        Assert.Equal((0.0, 0.0, 1.0), (drops[Lexicon.Symbolic].Other, drops[Lexicon.Misleading].Other, drops[Lexicon.Renamed].Other));
        Assert.Equal(2 * Math.Pow(2, -24) * 3, drops[Lexicon.Symbolic].AdjustedP, 1e-9);
        Assert.Equal(1, drops[Lexicon.Renamed].AdjustedP);
        Assert.Contains(
            "| direct | symbolic | 24 | 100.0% | 0.0% | -100.0 |", LexiconDrops.ToMarkdown([.. drops.Values]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_on_other_problems_is_refused()
    {
        var problems = new ProblemSet("other", [new Problem("p1", "?", "1")]);
        var run = await EvalRun.ExecuteAsync(
            Suite.FromArms("direct"), problems.Problems, ScriptedReasoner.Catalog(("direct", new ScriptedReasoner(_ => "ANSWER: 1"))),
            new RunOptions { Directory = _folder.File("run") },
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains(
            "family-trees", Assert.Throws<InvalidDataException>(() => LexiconDrops.Of(run, problems)).Message, StringComparison.Ordinal);
    }
}
