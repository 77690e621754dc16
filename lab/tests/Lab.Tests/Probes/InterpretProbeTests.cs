using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Probes;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Lab.Tests.Probes;

public sealed class InterpretProbeTests
{
    private static readonly GeneratedProblem[] Problems = [.. new ProblemGenerator(3, Split.HeldOut, "recurrence").Distinct(40)];

    [Fact]
    public async Task Texts_and_their_values_are_compared_with_the_worked_ones_by_stage_and_state()
    {
        // The state says the stage; without it all is right but the last value of the steps; another's state says another problem's stage.
        var report = await MeasureAsync(static (i, stage) => new Dictionary<string, string>
        {
            ["own"] = MiniFormats.Stages(Problems[i])[stage],
            ["none"] = stage == 1 ? Slipped(MiniFormats.Stages(Problems[i])[1]) : MiniFormats.Stages(Problems[i])[stage],
            ["other"] = "",
        });

        Assert.Equal((40, 20), (report.Problems, report.Answered));
        Assert.Equal(9, report.Rows.Count);
        Assert.All(report.Rows, static row => Assert.Equal(40, row.Texts));
        foreach (var row in report.Rows.Where(static row => row.State != "none"))
            Assert.Equal(row.State == "own" ? (40, row.Values) : (0, 0), (row.Exact, row.RightValues));
        var slipped = report.Rows.Single(static row => row is { Stage: "work", State: "none" });
        Assert.Equal((0, slipped.Values - 40), (slipped.Exact, slipped.RightValues));
        // Start, factor, shift, modulus, times; product, sum and remainder of each step.
        Assert.Equal(5 * 40, report.Rows.First(static row => row.Stage == "restate").Values);
        Assert.Equal(3 * Problems.Sum(static problem => problem.Steps), slipped.Values);
        Assert.Equal(3 * 40, report.Rows.First(static row => row.Stage == "check").Values);
    }

    [Fact]
    public async Task Stages_that_were_not_read_have_no_row()
    {
        var report = await MeasureAsync(static (_, stage) => stage == 0 ? new() { ["own"] = "rec" } : null);
        Assert.Equal(("restate", "own"), (Assert.Single(report.Rows).Stage, report.Rows[0].State));
    }

    private static string Slipped(string steps) => steps[..(steps.LastIndexOf('=') + 1)] + "999;";

    // Every second answer is right.
    private static Task<InterpretReport> MeasureAsync(Func<int, int, Dictionary<string, string>?> read)
    {
        return new InterpretProbe(SolveAsync).MeasureAsync(Problems, TestContext.Current.CancellationToken);

        Task<Reasoning> SolveAsync(Question question, CancellationToken cancellationToken)
        {
            var i = Array.FindIndex(Problems, problem => problem.Text == question.Text);
            string[] tokens = ["<|restate|>", "<|work|>", "<|check|>"];
            var thoughts = tokens.Select((token, stage) =>
                new Thought(stage, "token", 0, 0, [new TokenShare(token, 1)]) { Readings = read(i, stage) });
            var answer = $"ANSWER: {Problems[i].Answer + (i % 2)}";
            return Task.FromResult(new Reasoning(answer, [.. thoughts, new Said(answer)], Usage.None, StopReason.Completed));
        }
    }
}
