using CognitiveTools.Answers.Reading;

namespace CognitiveTools.Answers.Tests.Reading;

public sealed class TextAnswerTests
{
    private static readonly IAnswerKind Kind = AnswerKinds.Find("text");

    [Theory]
    [InlineData("NOPQ[F1]\nANSWER: ABCD", "ABCD")]
    [InlineData("so\n**Final answer:** `yes`.", "yes")]
    [InlineData("ANSWER: no\nwait\nANSWER:  two   words ", "two words")]
    [InlineData("ANSWER: AB\nthen \\boxed{CD}", "CD")]
    [InlineData("The answer is yes.", "yes")]
    [InlineData("<think>ANSWER: A</think>ANSWER: B", "B")]
    public void The_last_marked_text_is_the_answer(string text, string answer) => Assert.Equal(answer, Kind.Read(text));

    [Theory]
    [InlineData("ABCD")]
    [InlineData("ANSWER: ")]
    [InlineData("")]
    public void Without_a_marked_text_there_is_no_answer(string text) => Assert.Null(Kind.Read(text));

    [Theory]
    [InlineData("Yes", "yes", true)]
    [InlineData("'ABCD'", "ABCD", true)]
    [InlineData("A B", "AB", false)]
    [InlineData("ABCD", "ABCE", false)]
    public void Case_and_wrapping_do_not_count_and_everything_else_does(string answer, string gold, bool same) =>
        Assert.Equal(same, Kind.Matches(answer, gold));

    [Fact]
    public void An_answer_at_the_very_end_may_have_been_cut() => Assert.True(Kind.Extract("ANSWER: ABC").TouchesEnd);

    [Fact]
    public void A_box_that_disagrees_with_the_line_is_flagged() => Assert.True(Kind.Extract("ANSWER: AB\n\\boxed{CD}").Conflict);
}
