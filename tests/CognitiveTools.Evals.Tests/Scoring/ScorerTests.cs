using CognitiveTools.Evals.Answers;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Scoring;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Tests.Scoring;

public sealed class ScorerTests
{
    [Theory]
    [InlineData("ANSWER: 42", StopReason.Completed, SampleStatus.Correct)]
    [InlineData("ANSWER: 41", StopReason.Completed, SampleStatus.Incorrect)]
    [InlineData("ANSWER: 85/2", StopReason.Completed, SampleStatus.Incorrect)]
    [InlineData("No idea.", StopReason.Completed, SampleStatus.NoAnswer)]
    [InlineData("<think>hm", StopReason.Completed, SampleStatus.NoAnswer)]
    [InlineData("<think>ANSWER: 42", StopReason.TokenLimit, SampleStatus.Truncated)]
    [InlineData("Let me see", StopReason.TokenLimit, SampleStatus.Truncated)]
    [InlineData("", StopReason.ContextFull, SampleStatus.Truncated)]
    [InlineData("", StopReason.TimedOut, SampleStatus.Truncated)]
    [InlineData("ANSWER: 42", StopReason.Failed, SampleStatus.Error)]
    [InlineData("ANSWER: 42", StopReason.Forced, SampleStatus.Correct)]
    public void A_status_follows_from_the_answer_and_the_stop(string text, StopReason stop, SampleStatus status) =>
        Assert.Equal(status, Score(text, stop).Status);

    // omlx #3772: an 8,192-token budget left 52% of the answers empty and they were scored as plain wrong.
    [Fact]
    public void An_answer_given_before_the_cut_counts_and_is_flagged()
    {
        var score = Score("\\boxed{42} and to double-check, we", StopReason.TokenLimit);

        Assert.Equal(SampleStatus.Correct, score.Status);
        Assert.True(score.CutAfterAnswer);
    }

    [Fact]
    public void A_number_that_the_cut_may_have_shortened_is_no_answer()
    {
        var score = Score("ANSWER: 4", StopReason.TokenLimit);

        Assert.Equal(SampleStatus.Truncated, score.Status);
        Assert.Null(score.Extraction.Answer);
    }

    [Fact]
    public void A_reference_answer_that_was_not_extracted_is_flagged()
    {
        Assert.True(Score("We find 42 apples.").GoldSeenUnextracted);
        Assert.True(Score("<think>42</think>ANSWER: 41").GoldSeenInThoughts);
        Assert.False(Score("ANSWER: 42").GoldSeenUnextracted);
    }

    [Fact]
    public void A_failure_keeps_its_reason()
    {
        var reasoning = ScriptedReasoner.Said("", StopReason.Failed) with { Error = "the model is gone" };

        Assert.Equal("the model is gone", Scorer.Score(Problem, reasoning, IntegerAnswer.Strict).Error);
    }

    private static Problem Problem { get; } = new("p", "What is 6 * 7?", "42");

    private static SampleScore Score(string text, StopReason stop = StopReason.Completed) =>
        Scorer.Score(Problem, ScriptedReasoner.Said(text, stop), IntegerAnswer.Strict);
}
