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
    [InlineData("✅ ANSWER: 42", 0)]
    [InlineData("so\n\\textbf{ANSWER:} 42", 3)]
    [InlineData("so\n[ANSWER]: 42", 3)]
    [InlineData("ANSWERS: 42", -1)]
    [InlineData("", -1)]
    public void Only_a_line_that_begins_with_the_marker_and_says_something_counts(string text, int index) =>
        Assert.Equal(index, AnswerMarker.IndexOf(text));

    [Theory]
    [InlineData("so\nAnswer: 42", 3)]
    [InlineData("**Final answer:** 42", 0)]
    [InlineData("#### 42", 0)]
    [InlineData("Step.\n答案：42", 6)]
    [InlineData("Answer - 42", 0)]
    [InlineData("<b>Answer:</b> 42", 0)]
    [InlineData("#### 3. Check\nAll is well.", -1)]
    [InlineData("Answer the question below", -1)]
    [InlineData("Final answer:", -1)]
    [InlineData("answering: 42", -1)]
    [InlineData("The next answer: 42", -1)]
    public void Any_answer_line_is_found_by_the_rule_that_scorers_use(string text, int index) =>
        Assert.Equal(index, AnswerMarker.IndexOfAny(text));
}
