using CognitiveTools.Answers.Reading;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Problems.DataAlchemy;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Lab.Tests.DataAlchemy;

public sealed class ShiftTableTests : IDisposable
{
    private static readonly ProblemSet Problems =
        new("two cells", [.. AlchemyCell.Find(["f1f1", "f1f2"]).SelectMany(cell => cell.Draw(1, 4))]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Cells_and_parts_are_scored_apart()
    {
        // Knows f1f1 alone, and takes every composition for it.
        var parrot = new ScriptedReasoner(question =>
        {
            var task = new AlchemyTask(question.Text[..4], AlchemyTask.ParseComposition("f1f1"));
            return $"{task.Reasoning}\nANSWER: {task.Answer}";
        });
        var thinker = new ScriptedReasoner((question, _, _) => Task.FromResult(
            new Reasoning("ANSWER: " + question.Text[..4], [new Thought(0, "hidden", 1, 0, [])], Usage.None, StopReason.Completed)));
        var run = await EvalRun.ExecuteAsync(
            Suite.FromArms("cot,latent") with { Answers = AnswerKinds.Find("text") },
            Problems.Problems,
            ScriptedReasoner.Catalog(("cot", parrot), ("latent", thinker)),
            new RunOptions { Directory = _folder.File("run") },
            cancellationToken: TestContext.Current.CancellationToken);

        var table = ShiftTable.From(run, Problems);

        Assert.Equal((1.0, 1.0), (table.Rows[("f1f1", "cot")].Answer.Exact, table.Rows[("f1f1", "cot")].FullChain!.Exact));
        Assert.Equal((0.0, 0.0), (table.Rows[("f1f2", "cot")].Answer.Exact, table.Rows[("f1f2", "cot")].Reasoning!.Exact));
        Assert.Equal(1.0 / 5, table.Rows[("f1f2", "cot")].Reasoning!.EditDistance, 1e-12);
        Assert.Null(table.Rows[("f1f1", "latent")].Reasoning);
        Assert.Equal(
            "| cell | n | cot | latent |\n|---|---|---|---|\n| f1f1 | 4 | 100.0 | 100.0 |\n| f1f2 | 4 | 0.0 | 0.0 |\n", table.ToHeatMap());
        Assert.Contains("| f1f1 | latent | 4 | 100.0% (0.000, 1.000) | - | - |", table.ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problems_of_another_kind_are_refused()
    {
        var other = new ProblemSet("other", [new Problem("p1", "?", "1")]);
        var run = await EvalRun.ExecuteAsync(
            Suite.FromArms("direct"), other.Problems, ScriptedReasoner.Catalog(("direct", new ScriptedReasoner(_ => "ANSWER: 1"))),
            new RunOptions { Directory = _folder.File("run") }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains(
            "dataalchemy", Assert.Throws<InvalidDataException>(() => ShiftTable.From(run, other)).Message, StringComparison.Ordinal);
    }
}
