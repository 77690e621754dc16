using CognitiveTools.Answers.Reading;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Answers.Tests.Scoring;

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
    [InlineData("\\boxed 4", StopReason.TokenLimit, SampleStatus.Truncated)]
    [InlineData("", StopReason.ContextFull, SampleStatus.Truncated)]
    [InlineData("", StopReason.TimedOut, SampleStatus.Truncated)]
    [InlineData("ANSWER: 42", StopReason.Failed, SampleStatus.Error)]
    [InlineData("ANSWER: 42", StopReason.Forced, SampleStatus.Correct)]
    public void A_status_follows_from_the_answer_and_the_stop(string text, StopReason stop, SampleStatus status) =>
        Assert.Equal(status, Score(text, stop).Status);

    [Theory]
    [InlineData("First \\boxed{42}. But wait, zero is missing, so \\boxed{43", StopReason.TokenLimit, SampleStatus.Truncated)]
    [InlineData("First \\boxed{42}. But wait, zero is missing, so \\boxed{", StopReason.TokenLimit, SampleStatus.Truncated)]
    [InlineData("First \\boxed{42}. But wait, zero is missing, so \\boxed", StopReason.TokenLimit, SampleStatus.Truncated)]
    [InlineData("ANSWER: 42\nWait, zero is missing.\nANSWER:", StopReason.TokenLimit, SampleStatus.Truncated)]
    [InlineData("The answer is 42. Wait, one is missing: the answer is", StopReason.ContextFull, SampleStatus.Truncated)]
    [InlineData("<answer>42</answer> No, I forgot zero: <answer>4", StopReason.TimedOut, SampleStatus.Truncated)]
    [InlineData("First \\boxed{42}. But wait, zero is missing, so \\boxed{", StopReason.Completed, SampleStatus.NoAnswer)]
    [InlineData("Hence \\boxed{42}. For completeness, the lemma is shown as foll", StopReason.TokenLimit, SampleStatus.Correct)]
    [InlineData("\\boxed{42 was never closed. Once more: \\boxed{42}. Now", StopReason.TokenLimit, SampleStatus.Correct)]
    [InlineData("[THINK]maybe \\boxed{42}, but", StopReason.TokenLimit, SampleStatus.Truncated)]
    public void An_answer_that_another_one_was_begun_to_replace_does_not_count_when_the_text_was_cut(
        string text, StopReason stop, SampleStatus status) =>
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

    [Theory]
    [InlineData("We find 42 apples.", true)]
    [InlineData("There are 42 of one kind and 3 of the other.\nSo none fits.", false)]
    [InlineData("6 * 7 = 42\nANSWER: 41", false)]
    [InlineData("6 * 7 = 42\nANSWER: 41, or was it 42?", true)]
    [InlineData("ANSWER: 41\nNo, it must be 42.", true)]
    [InlineData("<think>\n42\n</think>\nNo idea.", false)]
    [InlineData("ANSWER: 42", false)]
    public void A_reference_answer_counts_as_misread_only_where_the_text_concludes(string text, bool flagged) =>
        Assert.Equal(flagged, Score(text).GoldConcluded);

    [Theory]
    [InlineData(8_192, StopReason.Completed, true)]
    [InlineData(3_072, StopReason.Completed, true)]
    [InlineData(20_000, StopReason.Completed, true)]
    [InlineData(8_192, StopReason.TokenLimit, false)]
    [InlineData(8_191, StopReason.Completed, false)]
    [InlineData(1_100, StopReason.Completed, false)]
    [InlineData(128, StopReason.Completed, false)]
    [InlineData(0, StopReason.Completed, false)]
    public void A_count_of_tokens_that_looks_like_an_unreported_limit_is_flagged(int tokens, StopReason stop, bool flagged)
    {
        var reasoning = Said("Let me see", stop) with { Usage = new Usage { Generated = tokens } };

        Assert.Equal(flagged, Scorer.Score(Reference, reasoning, AnswerKinds.Integer).CountLooksLikeLimit);
    }

    [Theory]
    [InlineData("ANSWER: $\\sqrt{18}$", "3\\sqrt{2}", SampleStatus.Correct, false)]
    [InlineData("ANSWER: $9^{9^{9^9}}$", "3\\sqrt{2}", SampleStatus.Incorrect, true)]
    [InlineData("\\boxed{\\clubsuit}", "\\clubsuit", SampleStatus.Correct, true)]
    public void A_verdict_from_texts_alone_is_flagged(string text, string gold, SampleStatus status, bool asText)
    {
        var score = Scorer.Score(gold, Said(text), AnswerKinds.Expression);

        Assert.Equal((status, asText), (score.Status, score.ComparedAsText));
    }

    [Theory]
    [InlineData("ANSWER: 999", false)]
    [InlineData("ANSWER: 0", false)]
    [InlineData("ANSWER: 1000", true)]
    [InlineData("ANSWER: -1", true)]
    [InlineData("ANSWER: 7/2", true)]
    [InlineData("no", false)]
    public void The_range_of_AIME_answers_is_recorded_and_not_enforced(string text, bool outside)
    {
        var extraction = Score(text).Extraction;

        Assert.Equal(outside, extraction.OutsideAimeRange);
        Assert.Equal(text == "no", extraction.Answer is null);
    }

    [Fact]
    public void A_failure_keeps_its_reason()
    {
        var reasoning = Said("", StopReason.Failed) with { Error = "the model is gone" };

        Assert.Equal("the model is gone", Scorer.Score(Reference, reasoning, AnswerKinds.Integer).Error);
    }

    private const string Reference = "42";

    private static SampleScore Score(string text, StopReason stop = StopReason.Completed) =>
        Scorer.Score(Reference, Said(text, stop), AnswerKinds.Integer);

    private static Reasoning Said(string text, StopReason stop = StopReason.Completed) =>
        new(text, [new Said(text)], new Usage { Prompt = 20, Generated = 10 }, stop);
}
