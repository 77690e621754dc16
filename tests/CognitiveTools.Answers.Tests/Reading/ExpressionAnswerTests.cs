using CognitiveTools.Answers.Reading;
using CognitiveTools.Reasoners;
using CsCheck;

namespace CognitiveTools.Answers.Tests.Reading;

public sealed class ExpressionAnswerTests
{
    private static readonly IAnswerKind Kind = AnswerKinds.Expression;

    [Fact]
    public void At_least_150_rewritten_pairs_are_equal_whichever_side_is_the_reference()
    {
        Assert.True(AnswerPairs.Equivalent.Distinct().Count() >= 150);
        Assert.All(AnswerPairs.Equivalent, pair =>
        {
            Assert.Equal(new AnswerComparison(Equal: true, AsText: false), Kind.Compare(pair.Left, pair.Right));
            Assert.Equal(new AnswerComparison(Equal: true, AsText: false), Kind.Compare(pair.Right, pair.Left));
        });
    }

    [Fact]
    public void At_least_150_near_misses_are_different_whichever_side_is_the_reference()
    {
        Assert.True(AnswerPairs.NearMiss.Distinct().Count() >= 150);
        Assert.All(AnswerPairs.NearMiss, pair =>
        {
            Assert.False(Kind.Compare(pair.Left, pair.Right).Equal);
            Assert.False(Kind.Compare(pair.Right, pair.Left).Equal);
        });
    }

    [Fact]
    public void Every_answer_of_the_pairs_equals_itself_and_can_be_given_in_every_usual_way() =>
        Assert.All(AnswerPairs.Equivalent.Concat(AnswerPairs.NearMiss).SelectMany(p => (string[])[p.Left, p.Right]), answer =>
        {
            foreach (var text in (
                string[])[$"So it is \\boxed{{{answer}}}.", $"ANSWER: ${answer}$", $"**Final Answer:**\n\n$$\\boxed{{{answer}}}$$"])
                Assert.True(Kind.Extract(text).Answer is { } read && Kind.Matches(read, answer) && Kind.Matches(answer, read), text);
        });

    [Theory]
    [InlineData("ANSWER: \\frac{1}{2}", "\\frac{1}{2}", AnswerRule.AnswerLine)]
    [InlineData("**ANSWER:** $\\frac{1}{2}$", "\\frac{1}{2}", AnswerRule.AnswerLine)]
    [InlineData("ANSWER: The value is $\\frac{1}{2}$.", "\\frac{1}{2}", AnswerRule.AnswerLine)]
    [InlineData("ANSWER: x is 42", "42", AnswerRule.AnswerLine)]
    [InlineData("ANSWER: \\boxed{(3,4]}", "(3,4]", AnswerRule.AnswerLine)]
    [InlineData("Final Answer\n\n$$\\boxed{(3,4]}$$", "(3,4]", AnswerRule.AnswerLine)]
    [InlineData("Answer: (B)", "(B)", AnswerRule.AnswerLine)]
    [InlineData("Answer: east", "east", AnswerRule.AnswerLine)]
    [InlineData("ANSWER: 42, since 6*7=42", "42", AnswerRule.AnswerLine)]
    [InlineData("ANSWER: 12 square units", "12 square units", AnswerRule.AnswerLine)]
    [InlineData("so \\boxed{\\text{whatever stands here is meant}}", "\\text{whatever stands here is meant}", AnswerRule.Boxed)]
    [InlineData("The final answer is: **\\( 2\\sqrt{5} \\)**", "2\\sqrt{5}", AnswerRule.AnswerIs)]
    [InlineData("So the answer is 42 because 6 * 7 is that.", "42", AnswerRule.AnswerIs)]
    [InlineData("The answer is 11,\\! 111,\\! 100.", "11,\\! 111,\\! 100", AnswerRule.AnswerIs)]
    [InlineData("The answer is 3 or 4.", "3 or 4", AnswerRule.AnswerIs)]
    [InlineData("ANSWER: I do not know", null, AnswerRule.None)]
    [InlineData("ANSWER: not 5", null, AnswerRule.None)]
    [InlineData("ANSWER: $ANSWER", null, AnswerRule.None)]
    [InlineData("The answer is not 5", null, AnswerRule.None)]
    [InlineData("The answer is a number below 5", null, AnswerRule.None)]
    [InlineData("\\boxed{}", null, AnswerRule.None)]
    public void An_answer_is_found_where_it_is_given(string text, string? answer, AnswerRule rule)
    {
        var extraction = Kind.Extract(text);

        Assert.Equal((answer, rule), (extraction.Answer, extraction.Rule));
    }

    [Theory]
    [InlineData("\\boxed{\\frac12}\nANSWER: 0.5", "0.5", false)]
    [InlineData("\\boxed{7}\nANSWER: \\frac{8}{1}", "\\frac{8}{1}", true)]
    [InlineData("ANSWER: (1,2)\nso \\boxed{[1,2]}", "[1,2]", true)]
    public void A_line_and_a_box_conflict_only_when_they_say_different_things(string text, string answer, bool conflict)
    {
        var extraction = Kind.Extract(text);

        Assert.Equal((answer, conflict), (extraction.Answer, extraction.Conflict));
    }

    [Theory]
    [InlineData("ANSWER: 2\\pi", true)]
    [InlineData("ANSWER: \\frac{1}{2}", true)]
    [InlineData("\\boxed 42", true)]
    [InlineData("The answer is 2x", true)]
    [InlineData("ANSWER: $2\\pi$", false)]
    [InlineData("ANSWER: \\boxed{2\\pi}", false)]
    [InlineData("ANSWER: 2\\pi\n", false)]
    [InlineData("The answer is $2x$.", false)]
    public void An_answer_at_the_very_end_may_have_been_cut(string text, bool touches) =>
        Assert.Equal(touches, Kind.Extract(text).TouchesEnd);

    [Theory]
    [InlineData("we get $x = 2\\sqrt{5}$ here", "2 \\sqrt{5}", true)]
    [InlineData("we get \\dfrac{14}{3} here", "\\frac{14}{3}", true)]
    [InlineData("the point (2, 4) lies there", "(2,4)", true)]
    [InlineData("we get 42 apples", "42", true)]
    [InlineData("we get 421 apples, 4.42, -42 and 42.5", "42", false)]
    [InlineData("12\\sqrt{5}", "2\\sqrt{5}", false)]
    public void A_reference_answer_in_the_text_is_noticed_only_when_it_stands_alone(string text, string gold, bool mentioned) =>
        Assert.Equal(mentioned, Kind.Mentions(text, gold));

    [Theory]
    [InlineData("0.50", "\\frac{2}{4}")]
    [InlineData("2\\sqrt{5}", "\\sqrt{20}")]
    [InlineData("x = 5 \\text{ cm}", "5")]
    [InlineData("(x+1)^2", "1 + 2x + x^2")]
    [InlineData("3, 5, 7", "\\{7, 5, 3\\}")]
    [InlineData("1 \\pm \\sqrt{2}", "1-\\sqrt2, 1+\\sqrt2")]
    [InlineData("\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}", "(1,2)")]
    [InlineData("x > 3", "(3,\\infty)")]
    [InlineData("\\text{East}", "east")]
    [InlineData("40_9", "40_{9}")]
    public void Equal_answers_count_as_one_vote(string first, string second) =>
        Assert.Equal((0, 2), AnswerVote.Count([first, second], Kind.AreSame));

    [Theory]
    [InlineData("x=3, y=4", "x=4, y=3")]
    [InlineData("(1,2)", "[1,2]")]
    [InlineData("40_9", "40_8")]
    public void Different_answers_are_different_votes(string first, string second) =>
        Assert.Equal((0, 1), AnswerVote.Count([first, second], Kind.AreSame));

    [Fact]
    public void Rational_numbers_are_equal_however_their_fractions_are_written() =>
        Gen.Select(Gen.Int[-999, 999], Gen.Int[1, 999], Gen.Int[1, 99])
            .Sample((over, under, factor) =>
                Kind.Matches($"\\frac{{{over}}}{{{under}}}", $"{over * factor}/{under * factor}")
                && !Kind.Matches($"\\frac{{{over}}}{{{under}}}", $"\\frac{{{over + 1}}}{{{under}}}"));

    [Fact]
    public void Expanded_products_of_linear_factors_are_equal() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[-50, 50], Gen.Int[1, 50], Gen.Int[-50, 50])
            .Sample((a, b, c, d) =>
            {
                var product = $"({a}x{b:+0;-0;+0})({c}x{d:+0;-0;+0})";
                return Kind.Matches(product, $"{a * c}x^2 + ({a * d + b * c})x + ({b * d})")
                    && !Kind.Matches(product, $"{a * c}x^2 + ({a * d + b * c})x + ({b * d + 1})");
            });

    [Fact]
    public void Any_text_at_all_is_compared_without_an_exception_and_alike_from_both_sides() =>
        Gen.Select(Soup, Soup, Gen.Bool).Sample((first, second, related) =>
        {
            var other = related ? first + second : second;
            var extraction = Kind.Extract(first);
            return Kind.AreSame(first, other) == Kind.AreSame(other, first)
                && Kind.Matches(first, first)
                && (extraction.Answer is null) == (extraction.Rule == AnswerRule.None)
                && (extraction.Answer is null) == (Kind.Read(first) is null)
                && !Kind.Mentions("", first);
        }, iter: 20_000);

    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", "{", "}", "\\{", "\\}", "\\frac", "\\frac{1}{2}", "\\sqrt", "\\sqrt[3]", "\\text{", "\\begin{pmatrix}",
            "\\end{pmatrix}",
        "\\\\", "&", ",", ";", "=",
            "<", "\\le", "\\in", "\\cup", "\\pm", "+", "-", "*", "/", "^", "_", "!", "%", "$", "\\$", "^\\circ", "1", "12",
        "0", "3.5", "1,234", "x", "y", "i", "\\pi", "\\infty", "\\sin ", "\\log_", "|", ".", "'", " word ", " or ", "cm", "\\pmod", "(mod",
        "\\overline{", "\\binom", "\\langle", "\\lfloor", "\\left(", "\\right)", "\\boxed{", "ANSWER: ", "the answer is ", "9^9^9", "√",
            "\uD800", "\\", "\n",
    ];

    private static Gen<string> Soup { get; } =
        Gen.OneOf(Gen.String, Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 9].Select(string.Concat));
}
