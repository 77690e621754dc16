using CognitiveTools.Answers.Reading;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Statistics;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Tests.Scoring;

/// <summary>Faults that were reported against other harnesses, each under its own name, for every kind of answer.</summary>
public sealed class RegressionCasesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // A board has other texts than the numbers below.
    public static TheoryData<string> Kinds => [.. AnswerKinds.Names.Where(static name => name != AnswerKinds.Queens.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Inspect_evals_1640_empty_content_while_the_model_still_thinks_does_not_crash(string kind)
    {
        foreach (var text in (string[])["", " \n", "<think>", "<think>ANSWER: 42", "<think></think>"])
        {
            Assert.Equal(SampleStatus.NoAnswer, Score(text, StopReason.Completed, kind).Status);
            Assert.Equal(SampleStatus.Truncated, Score(text, StopReason.TokenLimit, kind).Status);
        }
    }

    // pass@1 of 28 in 64 was divided by 64 although 8 had been generated: 0.0547 in place of 0.4375.
    [Fact]
    public void Lighteval_771_pass_at_k_is_divided_by_the_samples_that_were_generated()
    {
        Assert.Equal(0.4375, PassAtK.Any(samples: 16, correct: 7, k: 1), 12);
        Assert.True(double.IsNaN(PassAtK.Any(samples: 8, correct: 3, k: 64)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Lm_evaluation_harness_3353_an_answer_in_any_usual_place_is_found(string kind)
    {
        string[] texts =
        [
            "The answer is 42", "Answer: 42", "$x = 5$, hence $\\boxed{42}$.", "**Final Answer:** $42$", "Final Answer\n\n42",
            "<think>41</think>42 is it. ANSWER: 42",
        ];
        foreach (var text in texts)
            Assert.Equal(SampleStatus.Correct, Score(text, StopReason.Completed, kind).Status);
    }

    // Also #3715 and #3839: a cache without the sample in its key gave the same text for every repeat.
    [Fact]
    public async Task Lm_evaluation_harness_3046_repeats_are_generated_one_by_one_with_seeds_of_their_own()
    {
        var reasoner = new ScriptedReasoner((_, options, _) => Task.FromResult(ScriptedReasoner.Said($"ANSWER: {options.Seed}")));

        var run = await Run(reasoner, Suite.FromArms("direct") with { Samples = 5, Temperature = 1 });

        Assert.Equal(5, reasoner.Calls);
        Assert.Equal(5, run.Units.Select(u => u.Answer).Distinct().Count());
    }

    [Fact]
    public async Task Lm_evaluation_harness_3881_stored_answers_are_not_used_under_other_generation_arguments()
    {
        var reasoner = new ScriptedReasoner(_ => "ANSWER: 42");
        await Run(reasoner, Suite.FromArms("direct"));

        foreach (var other in (Suite[])
            [
                Suite.FromArms("direct") with { Temperature = 0.5f },
                Suite.FromArms("direct") with { Budget = new Budget { TokensPerTurn = 7 } },
                Suite.FromArms("direct") with { Answers = AnswerKinds.Expression },
            ])
            await Assert.ThrowsAsync<InvalidOperationException>(() => Run(reasoner, other));
    }

    // An 8,192-token budget left 52% of the answers empty, scored as wrong like any other.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Omlx_3772_an_answer_that_a_limit_cut_off_is_truncated_and_not_wrong(string kind)
    {
        Assert.Equal(SampleStatus.Truncated, Score("", StopReason.TokenLimit, kind).Status);
        Assert.Equal(SampleStatus.Truncated, Score("so the sum", StopReason.TokenLimit, kind).Status);
        Assert.Equal(SampleStatus.Truncated, Score("ANSWER: 4", StopReason.TokenLimit, kind).Status);
        Assert.Equal(SampleStatus.Correct, Score("\\boxed{42} and so", StopReason.TokenLimit, kind).Status);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Lighteval_882_reasoning_tags_are_gone_before_grading(string kind)
    {
        var score = Score("<think>ANSWER: 42</think>ANSWER: 41", StopReason.Completed, kind);

        Assert.Equal(SampleStatus.Incorrect, score.Status);
        Assert.True(score.GoldSeenInThoughts);
    }

    [Theory]
    [InlineData("integer")]
    [InlineData("integer-lenient")]
    [InlineData("expression")]
    public void NeMo_1074_leading_zeros_do_not_matter(string kind) =>
        Assert.True(AnswerKinds.Find(kind).Matches("16", "016"));

    [Theory]
    [InlineData("\\frac{3245}{5}", "649")]
    [InlineData("2\\sqrt{5}", "\\sqrt{20}")]
    [InlineData("(1,2)", "[1,2]")]
    [InlineData("x=5", "5")]
    public void Math_Verify_asymmetric_order_neither_side_is_the_reference(string first, string second) =>
        Assert.Equal(AnswerKinds.Expression.Compare(first, second), AnswerKinds.Expression.Compare(second, first));

    private static SampleScore Score(string text, StopReason stop, string kind) =>
        Scorer.Score("42", ScriptedReasoner.Said(text, stop), AnswerKinds.Find(kind));

    private Task<RunResult> Run(ScriptedReasoner reasoner, Suite suite) => EvalRun.ExecuteAsync(
        suite,
        [new("p", "What is 6 * 7?", "42")],
        ScriptedReasoner.Catalog(("direct", reasoner)),
        new RunOptions { Directory = _folder.File("run") },
        cancellationToken: Token);
}
