using System.Text.Json;
using CognitiveTools.Answers.Reading;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Evals.Summaries;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Tests.Summaries;

public sealed class SummaryTests
{
    [Fact]
    public void A_finished_run_gives_the_headline_table()
    {
        var expected = Path.Combine(Repository.Root, "tests", "CognitiveTools.Evals.Tests", "Summaries", "headline.txt");

        var actual = SummaryText.Render(Summary.From(Run()));
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "headline.actual.txt"), actual); // to look at, or to accept

        Assert.Equal(File.ReadAllText(expected).ReplaceLineEndings("\n"), actual);
    }

    [Fact]
    public void Controls_follow_their_arm_and_are_compared_with_it()
    {
        var summary = Summary.From(Run());

        Assert.Equal(["direct", "cot", "latent", "latent/zeroed"], summary.Arms.Select(a => a.Name));
        Assert.Equal([null, "direct", "direct", "latent"], summary.Arms.Select(a => a.Comparison?.Against));
        Assert.Equal(-0.75, summary.Arms[3].Comparison!.Difference.Mean, 1e-12);

        // Two arms are compared with the baseline; the control is a family of its own.
        Assert.Equal(0.25, summary.Arms[2].Comparison!.AdjustedP, 1e-12);
        Assert.Equal(0.125, summary.Arms[2].Comparison!.Difference.Test.P, 1e-12);
        Assert.Equal(summary.Arms[3].Comparison!.Difference.Test.P, summary.Arms[3].Comparison!.AdjustedP);
    }

    [Fact]
    public void Counts_follow_the_statuses()
    {
        var summary = Summary.From(Run());

        Assert.Equal((2, 5, 1, 0, 0), Counts(summary.Arms[0]));
        Assert.Equal((5, 2, 0, 0, 1), Counts(summary.Arms[1]));
        Assert.Equal((6, 0, 0, 2, 0), Counts(summary.Arms[2]));
        Assert.Equal((0, 8, 0, 0, 0), Counts(summary.Arms[3]));
    }

    [Theory]
    [InlineData("nnnncccc", true)]
    [InlineData("nnnccccc", false)]
    [InlineData("nnnnnnnn", true)]
    public void An_arm_of_which_half_the_samples_have_no_answer_is_said(string outcomes, bool isSaid)
    {
        var run = Run();
        var units = run.Units.Where(u => u.Arm != "direct").Concat(outcomes.Select((letter, i) => Unit("direct", i, letter)));

        var warnings = Summary.From(run with { Units = [.. units] }).Warnings;

        var count = outcomes.Count(static letter => letter == 'n');
        Assert.Equal(
            isSaid, warnings.Any(w => w.StartsWith($"{count} of 8 samples", StringComparison.Ordinal)
                && w.Contains("ended without an answer that can be read", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_partial_run_says_so_and_still_has_its_table()
    {
        var run = Run();

        var summary = Summary.From(run with { Units = [.. run.Units.Take(3)] });

        Assert.Contains("Partial run: 3 of 32 units are finished.", summary.Warnings);
        Assert.Null(summary.Arms[3].Accuracy);
        Assert.Contains("latent/zeroed", SummaryText.Render(summary), StringComparison.Ordinal);
    }

    [Fact]
    public void The_power_lines_say_what_could_have_been_seen()
    {
        var power = Summary.From(Run()).Power;

        Assert.Equal(3, power.Count);
        const string Line = @"^cot vs direct: detects >= \d+\.\d points at 80% power \(n = 8\); add \d+ problems to detect 5 points\.$";
        Assert.Matches(Line, power[0]);
    }

    [Fact]
    public void A_comparison_that_could_see_nothing_says_so_once_and_states_no_impossible_figure()
    {
        var run = Run();
        string[] few = ["p6", "p7"];

        var summary = Summary.From(run with
        {
            Header = run.Header with { ProblemIds = few },
            Units =
            [
                .. run.Units.Where(u => few.Contains(u.Problem) && u.Arm != "latent/zeroed")
                    .Select(u => u is { Problem: "p6", Arm: "cot" } ? u with { Status = SampleStatus.Correct } : u),
            ],
        });

        Assert.Equal(
            [
                "2 problems are too few to detect any difference of cot vs direct; add problems.",
                "No spread between 2 problems in latent vs direct, so power cannot be estimated; add problems.",
            ],
            summary.Power);
        Assert.DoesNotContain("-100.0, +100.0", SummaryText.Render(summary), StringComparison.Ordinal);
    }

    [Fact]
    public void A_kind_of_trouble_has_one_line_whatever_the_number_of_arms_and_its_units_on_demand()
    {
        var run = Run();

        var units = run.Units.Select(
            u => u.Status == SampleStatus.Incorrect ? u with { GoldConcluded = true, GoldSeenUnextracted = true } : u);
        var summary = Summary.From(run with { Units = [.. units] });

        var line = Assert.Single(summary.Warnings, w => w.Contains("conclude", StringComparison.Ordinal));
        Assert.StartsWith("15 of 24 samples (62.5%) state the reference answer where they conclude", line, StringComparison.Ordinal);
        Assert.Contains("(direct 5, cot 2, latent/zeroed 8)", line, StringComparison.Ordinal);
        Assert.DoesNotContain("cot: p0, p6", SummaryText.Render(summary), StringComparison.Ordinal);
        Assert.Contains("    cot: p0, p6\n", SummaryText.Render(summary, details: true), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reference_answer_somewhere_in_a_text_gives_no_warning()
    {
        var run = Run();

        var summary = Summary.From(run with { Units = [.. run.Units.Select(u => u with { GoldSeenUnextracted = true })] });

        Assert.Equal(Summary.From(run).Warnings, summary.Warnings);
    }

    // lighteval #771: shares were divided by the samples that were planned, not by those that exist.
    [Fact]
    public void Accuracy_is_over_the_samples_that_exist()
    {
        var run = Run();

        var summary = Summary.From(run with { Units = [.. run.Units.Where(u => u is { Arm: "cot", Status: SampleStatus.Correct })] });

        Assert.Equal(1, summary.Arms[1].Accuracy!.Mean);
    }

    [Fact]
    public void The_JSON_form_is_valid_and_has_nulls_for_what_cannot_be_estimated()
    {
        using var json = JsonDocument.Parse(SummaryJson.Render(Summary.From(Run())));

        var cot = json.RootElement.GetProperty("arms")[1];
        Assert.Equal(0.625, cot.GetProperty("accuracy").GetDouble());
        Assert.Equal("direct", cot.GetProperty("comparison").GetProperty("against").GetString());
        Assert.Equal(JsonValueKind.Null, cot.GetProperty("standard_error_sampling").ValueKind);
    }

    // One letter per problem: correct, incorrect, no answer, truncated, error.
    private static RunResult Run()
    {
        var suite = Suite.FromArms("direct,cot,latent,latent/zeroed", "demo");
        (string Arm, string Outcomes)[] outcomes =
            [("direct", "cciiiiit"), ("cot", "icccccie"), ("latent", "ccccccnn"), ("latent/zeroed", "iiiiiiii")];
        var units = outcomes.SelectMany(o => o.Outcomes.Select((letter, i) => Unit(o.Arm, i, letter))).ToArray();
        return new RunResult("runs/demo", Header(suite), units);
    }

    private static RunHeader Header(Suite suite) => new()
    {
        Id = "demo",
        Suite = suite,
        SuiteHash = "00",
        ProblemsHash = "00",
        ProblemIds = [.. Enumerable.Range(0, 8).Select(i => $"p{i}")],
        Host = new Dictionary<string, string>(),
        Toolkit = "0",
        Sessions = [],
    };

    private static UnitRecord Unit(string arm, int problem, char letter) => new()
    {
        Problem = $"p{problem}",
        Arm = arm,
        Sample = 0,
        Seed = 0,
        Gold = "1",
        Status = letter switch
        {
            'c' => SampleStatus.Correct,
            'i' => SampleStatus.Incorrect,
            'n' => SampleStatus.NoAnswer,
            't' => SampleStatus.Truncated,
            _ => SampleStatus.Error,
        },
        Rule = AnswerRule.AnswerLine,
        Error = letter == 'e' ? "the pipe broke" : null,
        Usage = new Usage { Prompt = 20, Generated = 10 },
        Ms = 500,
    };

    private static (int, int, int, int, int) Counts(ArmSummary arm) =>
        (arm.Correct, arm.Incorrect, arm.Truncated, arm.NoAnswer, arm.Errors);
}
