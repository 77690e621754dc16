using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Probes;

namespace CognitiveTools.Lab.Tests.Probes;

public sealed class ExamineProbeTests
{
    private static readonly IReadOnlyList<GeneratedProblem> Problems = new ProblemGenerator(9, Split.HeldOut).Distinct(60);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_model_that_recomputes_and_compares_finds_every_slip_at_its_step(bool writesGiven)
    {
        var style = writesGiven ? Examination.Compared : Examination.Recomputed;
        var rows = await Measure((problem, flaw) => MiniFormats.Examine(problem, flaw, style).Passages[^1].Text);

        Assert.Equal(["exact", "planted slip", "own"], rows.Select(static row => row.Origin));
        Assert.Equal((60, 0, 0, 0), (rows[0].Solutions, rows[0].Flawed, rows[0].FalseAlarms, rows[0].Unread));
        Assert.Equal((rows[1].Flawed, rows[1].Flawed), (rows[1].Caught, rows[1].Located));
        Assert.Equal((1, 1), (rows[1].Precision, rows[1].Recall));
        Assert.All(rows, static row => Assert.Equal((row.Lines, 0), (row.RightLines, row.Copied)));
        Assert.Equal((rows[1].Flawed, rows[1].Flawed), (rows[1].Differing, rows[1].MarkedWrong));
    }

    [Fact]
    public async Task A_model_that_copies_what_it_is_given_catches_nothing()
    {
        var rows = await Measure(static (problem, flaw) =>
            string.Concat((flaw?.Steps ?? problem.Solution).Select(static (step, i) => $"{i + 1}:{step} ok;")) + "\nVerdict: correct");
        Assert.Equal((0, rows[1].Flawed), (rows[1].Caught, rows[1].Copied));
    }

    [Fact]
    public async Task A_model_that_never_trusts_a_step_raises_false_alarms_and_one_that_says_nothing_gives_no_verdict()
    {
        var rows = await Measure(static (problem, _) => $"1:{problem.Solution[0]} wrong;\nVerdict: incorrect");
        Assert.Equal((60, rows[1].Flawed), (rows[0].FalseAlarms, rows[1].Caught));
        Assert.InRange(rows[1].Located, 1, rows[1].Flawed - 1);

        Assert.All(await Measure(static (_, _) => ""), static row => Assert.Equal(row.Solutions, row.Unread));
    }

    // Solutions of its own are right.
    private static Task<IReadOnlyList<ExamineRow>> Measure(Func<GeneratedProblem, FlawedSolution?, string> examine)
    {
        var known = Problems.ToDictionary(static problem => problem.Text, StringComparer.Ordinal);
        return new ExamineProbe(
            (question, _) => Task.FromResult(MiniFormats.ChainOfThought(known[question]).Passages[^1].Text),
            (question, answer, steps, _) => Task.FromResult(examine(known[question], Flaw(known[question], steps))))
            .MeasureAsync(Problems, 4, TestContext.Current.CancellationToken);
    }

    private static FlawedSolution? Flaw(GeneratedProblem problem, string given)
    {
        string[] steps = [.. given.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(static step => step[(step.IndexOf(':', StringComparison.Ordinal) + 1)..])];
        var same = steps.Zip(problem.Solution).TakeWhile(static pair => pair.First == pair.Second).Count();
        return same == problem.Solution.Count ? null : new FlawedSolution(steps, same + 1, 0);
    }
}
