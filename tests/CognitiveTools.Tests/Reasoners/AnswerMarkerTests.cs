using CognitiveTools.Reasoners;

namespace CognitiveTools.Tests.Reasoners;

public sealed class AnswerMarkerTests
{
    [Theory]
    [InlineData("ANSWER: 42", 0)]
    [InlineData("so\n**ANSWER:** 42", 3)]
    [InlineData("so\n  - FINAL ANSWER: 42", 3)]
    [InlineData("so\n> ANSWER : \\frac{1}{2}", 3)]
    [InlineData("ANSWER: <answer>", -1)]
    [InlineData("ANSWER:", -1)]
    [InlineData("**ANSWER:**", -1)]
    [InlineData("I shall end with ANSWER: 42", -1)]
    [InlineData("answer: perhaps 42", -1)]
    [InlineData("", -1)]
    public void Only_a_line_that_begins_with_the_marker_and_says_something_counts(string text, int index) =>
        Assert.Equal(index, AnswerMarker.IndexOf(text));
}
