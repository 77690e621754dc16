using CognitiveTools.Answers.Reading;
using CognitiveTools.Answers.Scoring;

namespace CognitiveTools.Answers.Tests.Reading;

public sealed class QueensAnswerTests
{
    private const string Board = "..5.....";

    [Theory]
    [InlineData("41582736", SampleStatus.Correct)]
    [InlineData("I would say **41582736**.", SampleStatus.Correct)]
    [InlineData("Not 12345678 but 41582736", SampleStatus.Correct)]
    [InlineData("41582736, no, 12345678", SampleStatus.Incorrect)]
    [InlineData("42736851", SampleStatus.Incorrect)] // a solution, with another queen in the third row
    [InlineData("..582736", SampleStatus.NoAnswer)]
    [InlineData("no idea", SampleStatus.NoAnswer)]
    public void Every_completion_that_keeps_the_queens_is_right(string text, SampleStatus status) =>
        Assert.Equal(status, AnswerKinds.Queens.Grade(text, Board).Status);

    [Fact]
    public void Equal_boards_are_one_vote_whether_right_or_wrong()
    {
        var kind = AnswerKinds.Find("queens");
        Assert.True(kind.AreSame("12345678", "12345678"));
        Assert.False(kind.AreSame("41582736", "42736851"));
    }

    [Theory]
    [InlineData("..5.....", "..5.....")]
    [InlineData("12345678", null)] // nothing completes it
    [InlineData("1234", null)]
    [InlineData("42", null)]
    public void A_reference_is_a_board_that_can_be_completed(string gold, string? normal) =>
        Assert.Equal(normal, AnswerKinds.Queens.NormalizeGold(gold));
}
