using CognitiveTools.Answers.Reading;
using CognitiveTools.Answers.Scoring;

namespace CognitiveTools.Answers.Tests;

/// <summary>The package used by itself: two answers, or one text and a reference. The package's README shows these calls.</summary>
public sealed class AloneTests
{
    [Fact]
    public void Two_answers_are_compared_by_value()
    {
        Assert.True(AnswerKinds.Expression.AreSame(@"\frac12", "0.5"));
        Assert.True(AnswerKinds.Expression.AreSame(@"x \equiv 3 \pmod 7", "3 (mod 7)"));
        Assert.False(AnswerKinds.Expression.AreSame("(1,2)", "[1,2]"));
        Assert.True(AnswerKinds.Integer.AreSame("16", "32/2"));
        Assert.True(AnswerKinds.Text.AreSame("(B)", "b"));
    }

    [Fact]
    public void One_text_is_graded_against_a_reference()
    {
        var score = AnswerKinds.Expression.Grade(@"Half of it, so \boxed{\frac{1}{2}}.", "0.5");

        Assert.Equal(SampleStatus.Correct, score.Status);
        Assert.Equal((@"\frac{1}{2}", AnswerRule.Boxed), (score.Extraction.Answer, score.Extraction.Rule));
    }

    [Theory]
    [InlineData("ANSWER: 13", false, SampleStatus.Incorrect)]
    [InlineData("I do not know.", false, SampleStatus.NoAnswer)]
    [InlineData("ANSWER: 12", true, SampleStatus.Truncated)]
    [InlineData("ANSWER: 12\nThat is", true, SampleStatus.Correct)]
    public void A_text_that_a_limit_cut_gives_an_answer_only_when_the_answer_is_whole(string text, bool cut, SampleStatus status) =>
        Assert.Equal(status, AnswerKinds.Integer.Grade(text, "12", cut).Status);

    [Fact]
    public void Every_kind_is_found_by_its_name()
    {
        IAnswerKind[] kinds =
            [AnswerKinds.Integer, AnswerKinds.LenientInteger, AnswerKinds.Expression, AnswerKinds.Text, AnswerKinds.Queens];

        Assert.Equal(kinds.Select(k => k.Name), AnswerKinds.Names);
        Assert.All(kinds, kind => Assert.Same(kind, AnswerKinds.Find(kind.Name)));
    }

    [Fact]
    public void At_most_ten_types_are_public() => Assert.InRange(typeof(AnswerKinds).Assembly.GetExportedTypes().Length, 1, 10);
}
