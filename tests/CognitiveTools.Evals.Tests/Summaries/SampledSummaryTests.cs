using CognitiveTools.Answers.Reading;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Statistics;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Evals.Summaries;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Tests.Summaries;

public sealed class SampledSummaryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Baseline: problem a is answered 1, 1, 2, 3 (gold 1), problem b 5, 4, 4, nothing (gold 4). The other arm is always right
    // and costs three samples of the baseline.
    [Fact]
    public async Task Votes_and_equal_cost_follow_from_the_samples()
    {
        var summary = Summary.From(await Run());

        var baseline = summary.Arms[0].Sampled;
        Assert.Equal([1, 2, 4], baseline.Select(f => f.K));
        Assert.Equal(0.5, baseline[0].Pass, 1e-12);
        Assert.Equal(0.5, baseline[0].Majority, 1e-12);
        Assert.Equal(5.0 / 6, baseline[1].Pass, 1e-12); // of 6 pairs one holds no right sample, on either problem
        Assert.Equal(1.0 / 6, baseline[1].All, 1e-12);
        Assert.Equal(1, baseline[2].Majority, 1e-12);

        var equal = Assert.Single(summary.AtEqualCost);
        Assert.Equal(("cot", 3, 3), (equal.Arm, equal.K, equal.Affordable));

        // Three of 1,1,2,3: {1,1,2} and {1,1,3} win, twice {1,2,3} is a three-way tie. Three of 5,4,4,-: {5,4,4} and {4,4,-} win,
        // twice {5,4,-} is a tie of two.
        var vote = (((2 + (2.0 / 3)) / 4) + ((2 + 1.0) / 4)) / 2;
        Assert.Equal(1 - vote, equal.Difference.Mean, 1e-9);
    }

    [Fact]
    public async Task The_text_prints_them()
    {
        var text = SummaryText.Render(Summary.From(await Run()));

        Assert.Contains("pass@k", text, StringComparison.Ordinal);
        Assert.Contains("cot (90 positions) against direct maj@3 (90): +29.2 points", text, StringComparison.Ordinal);
        Assert.Contains("error over runs only", text, StringComparison.Ordinal);
    }

    // The wrong answer has three votes however it is written, the right one two: counted by spelling, the right one would win.
    [Theory]
    [InlineData("expression", "7", "\\frac12", "0.5", "1/2")]
    [InlineData("expression", "9", "x=4", "4", "4.0")]
    [InlineData("expression", "(1,2)", "1\\pm\\sqrt2", "1-\\sqrt{2}, 1+\\sqrt{2}", "1\\mp\\sqrt 2")]
    [InlineData("text", "north", "East", "EAST", "east")]
    [InlineData("integer", "7", "7/2", "3.5", "14/4")]
    public async Task Wrong_votes_are_counted_by_equality_and_not_by_spelling(
        string kind, string right, string first, string second, string third)
    {
        string[] answers = [right, first, right, second, third];
        var asked = -1;
        var baseline = new ScriptedReasoner((_, _, _) => Task.FromResult(ScriptedReasoner.Said($"ANSWER: {answers[++asked]}")));
        var run = await EvalRun.ExecuteAsync(
            Suite.FromArms("direct") with { Samples = 5, Temperature = 1, Answers = AnswerKinds.Find(kind) },
            [new Problem("a", "?", right)],
            ScriptedReasoner.Catalog(("direct", baseline)),
            new RunOptions { Directory = _folder.File("run") },
            cancellationToken: TestContext.Current.CancellationToken);

        var figures = Summary.From(run).Arms[0].Sampled;

        Assert.Equal((5, 0.0), (figures[^1].K, figures[^1].Majority));
        Assert.Equal(0.4, figures[0].Majority, 1e-12);
    }

    [Theory]
    [InlineData(4, 0.10, 0.09, 0.05, null)] // 0.0436 of it lies between problems: more than the 0.0178 that may remain
    [InlineData(4, 0.05, 0.0499, 0.10, 8L)]
    [InlineData(1, 0.10, double.NaN, 0.05, null)]
    public void The_samples_to_add_follow_from_the_part_that_sampling_has_in_the_error(
        int samples, double error, double sampling, double effect, long? expected) =>
        Assert.Equal(expected, PowerAnalysis.SamplesFor(samples, error, sampling, effect));

    private Task<RunResult> Run()
    {
        var asked = new Dictionary<string, int>(StringComparer.Ordinal);
        string[] a = ["1", "1", "2", "3"], b = ["5", "4", "4", ""];
        var baseline = new ScriptedReasoner((q, _, _) =>
        {
            var index = asked[q.Id] = asked.GetValueOrDefault(q.Id, -1) + 1;
            var answer = (q.Id == "a" ? a : b)[index];
            return Task.FromResult(ScriptedReasoner.Said(answer.Length == 0 ? "I do not know." : $"ANSWER: {answer}"));
        });
        var cost = new Usage { Prompt = 60, Generated = 30 };
        var right = new ScriptedReasoner((q, _, _) =>
            Task.FromResult(ScriptedReasoner.Said($"ANSWER: {(q.Id == "a" ? 1 : 4)}") with { Usage = cost }));
        return EvalRun.ExecuteAsync(
            Suite.FromArms("direct,cot") with { Samples = 4, Temperature = 1 },
            [new Problem("a", "?", "1"), new Problem("b", "?", "4")],
            ScriptedReasoner.Catalog(("direct", baseline), ("cot", right)),
            new RunOptions { Directory = _folder.File("run") },
            cancellationToken: TestContext.Current.CancellationToken);
    }
}
