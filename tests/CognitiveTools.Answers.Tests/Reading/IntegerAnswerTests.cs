using CognitiveTools.Answers.Reading;
using CsCheck;

namespace CognitiveTools.Answers.Tests.Reading;

public sealed class IntegerAnswerTests
{
    [Theory]
    [InlineData("ANSWER: 42", "42")]
    [InlineData("answer: 42", "42")]
    [InlineData("**Answer:** 42", "42")]
    [InlineData("**ANSWER: 42**", "42")]
    [InlineData("### Final Answer: $42$.", "42")]
    [InlineData("- Final answer: **42**", "42")]
    [InlineData("3. Answer: 42", "42")]
    [InlineData("ANSWER: \\boxed{42}", "42")]
    [InlineData("ANSWER = 42", "42")]
    [InlineData("ANSWER: 42 apples", "42")]
    [InlineData("ANSWER: $18 per day", "18")]
    [InlineData("ANSWER: x is 42", "42")]
    [InlineData("ANSWER: 6 * 7 = 42", "42")]
    [InlineData("ANSWER:\n42", "42")]
    [InlineData("**Final Answer**\n\n$$\\boxed{42}$$", "42")]
    [InlineData("Final Answer\n42", "42")]
    [InlineData("答案：42", "42")]
    public void An_answer_line_is_read(string text, string answer)
    {
        var extraction = AnswerKinds.Integer.Extract(text);

        Assert.Equal(answer, extraction.Answer);
        Assert.Equal(AnswerRule.AnswerLine, extraction.Rule);
    }

    [Theory]
    [InlineData("so \\boxed{42}", "42")]
    [InlineData("\\boxed{\\text{42}}", "42")]
    [InlineData("\\boxed{\\mathbf{4}2\\,}", "42")]
    [InlineData("\\fbox{42}", "42")]
    [InlineData("\\boxed 42", "42")]
    [InlineData("\\boxed{1}, no: \\boxed{2}", "2")]
    [InlineData("\\boxed{\\boxed{7}}", "7")]
    [InlineData("\\boxed{n = 42}", "42")]
    [InlineData("\\boxed{\\frac{84}{2}}", "42")]
    [InlineData("\\boxed{60^{\\circ}}", "60")]
    [InlineData("\\boxed{5 \\boxed{3", null)]
    [InlineData("\\boxed{2^{10}}", null)]
    [InlineData("\\boxed{2\\pi}", null)]
    [InlineData("\\boxed{3, 4}", null)]
    [InlineData("\\boxed{2x}", null)]
    [InlineData("\\boxed{x \\ne 9}", null)]
    [InlineData("\\boxed{x \\neq 9}", null)]
    public void The_last_complete_box_is_read(string text, string? answer)
    {
        var extraction = AnswerKinds.Integer.Extract(text);

        Assert.Equal(answer, extraction.Answer);
        Assert.Equal(answer is null ? AnswerRule.None : AnswerRule.Boxed, extraction.Rule);
    }

    [Theory]
    [InlineData("The answer is 42.", "42")]
    [InlineData("Therefore, the final answer is: $\\boxed{42}$. I hope it is correct", "42")]
    [InlineData("So the answer is 42 because 6 * 7 is that.", "42")]
    [InlineData("so the final answer: 42", "42")]
    [InlineData("The answer is 12 + 30 = 42.", "42")]
    [InlineData("the answer is 1. Wait, the answer is 2.", "2")]
    [InlineData("The answer is not 5", null)]
    [InlineData("The answer is a number below 5", null)]
    [InlineData("The answer is 3 or 4", null)]
    [InlineData("The answer isn't 5", null)]
    public void A_phrase_is_read_when_there_is_no_marker(string text, string? answer) =>
        Assert.Equal(answer, AnswerKinds.Integer.Read(text));

    [Theory]
    [InlineData("1,234", "1234")]
    [InlineData("1{,}234", "1234")]
    [InlineData("1\\,234", "1234")]
    [InlineData("1\u202F234", "1234")]
    [InlineData("12,345,678", "12345678")]
    [InlineData("016", "16")]
    [InlineData("000", "0")]
    [InlineData("-0", "0")]
    [InlineData("116.0", "116")]
    [InlineData("116.", "116")]
    [InlineData("232/2", "116")]
    [InlineData("\\dfrac{232}{2}", "116")]
    [InlineData("\\frac{-6}{2}", "-3")]
    [InlineData("x=116", "116")]
    [InlineData("$116$", "116")]
    [InlineData("\\(116\\)", "116")]
    [InlineData("116^\\circ", "116")]
    [InlineData("116°", "116")]
    [InlineData("116\\text{ cm}", "116")]
    [InlineData("(116)", "116")]
    [InlineData("−7", "-7")]
    [InlineData("４２", "42")]
    [InlineData("٤٢", "42")]
    [InlineData("\U0001D7D2\U0001D7D0", "42")]
    [InlineData("50\\%", "50")]
    [InlineData("+5", "5")]
    [InlineData("7/2", "7/2")]
    [InlineData("3.50", "3.5")]
    [InlineData("12,34", null)]
    [InlineData("1/0", null)]
    public void A_number_is_normalised(string written, string? normal) =>
        Assert.Equal(normal, AnswerKinds.Integer.Read("ANSWER: " + written));

    [Fact]
    public void A_line_and_a_box_that_agree_are_no_conflict()
    {
        var extraction = AnswerKinds.Integer.Extract("\\boxed{016}\nANSWER: 16");

        Assert.Equal("16", extraction.Answer);
        Assert.False(extraction.Conflict);
    }

    [Theory]
    [InlineData("\\boxed{7}\nANSWER: 8", "8")]
    [InlineData("ANSWER: 8\nso \\boxed{7}", "7")]
    public void Of_a_line_and_a_box_that_disagree_the_later_is_taken_and_flagged(string text, string answer)
    {
        var extraction = AnswerKinds.Integer.Extract(text);

        Assert.Equal(answer, extraction.Answer);
        Assert.True(extraction.Conflict);
    }

    [Fact]
    public void A_think_block_is_never_searched() =>
        Assert.Equal("2", AnswerKinds.Integer.Read("<think>ANSWER: 1 \\boxed{1}</think>ANSWER: 2"));

    [Fact]
    public void A_lone_closing_tag_ends_thoughts_that_the_template_opened() =>
        Assert.Equal("2", AnswerKinds.Integer.Read("I guess \\boxed{1}\n</think>\nThe answer is 2"));

    [Fact]
    public void An_open_think_block_gives_no_answer_and_is_flagged()
    {
        var extraction = AnswerKinds.Integer.Extract("<think>ANSWER: 1");

        Assert.Null(extraction.Answer);
        Assert.True(extraction.OpenThoughts);
    }

    // inspect_evals #1640: empty content while the model still thinks crashed the scorer.
    [Theory]
    [InlineData("")]
    [InlineData("   \n")]
    [InlineData("<think>")]
    [InlineData("<think></think>")]
    public void Empty_content_gives_no_answer_and_no_crash(string text) =>
        Assert.Null(AnswerKinds.Integer.Read(text));

    // lm-evaluation-harness #3353: an answer outside the one expected place scored 0 everywhere.
    [Theory]
    [InlineData("$x = 5$ and hence the answer is $\\boxed{70}$.")]
    [InlineData("Answer: 70")]
    [InlineData("The answer is 70")]
    [InlineData("\\boxed{70}")]
    public void Every_usual_way_to_give_an_answer_is_found(string text) =>
        Assert.Equal("70", AnswerKinds.Integer.Read(text));

    // NeMo-Skills #1074: references with leading zeros.
    [Fact]
    public void Leading_zeros_do_not_matter_on_either_side()
    {
        Assert.True(AnswerKinds.Integer.Matches("16", "016"));
        Assert.True(AnswerKinds.Integer.Matches("016", "16"));
        Assert.False(AnswerKinds.Integer.Matches("160", "16"));
    }

    // lighteval #882: reasoning tags must be gone before grading.
    [Fact]
    public void A_number_in_thoughts_does_not_leak_into_lenient_reading() =>
        Assert.Null(AnswerKinds.LenientInteger.Read("<think>maybe 12</think>I do not know."));

    [Fact]
    public void The_last_number_counts_only_when_lenient_reading_is_asked_for()
    {
        const string Text = "First 3, then 45 apples remain.";

        Assert.Null(AnswerKinds.Integer.Read(Text));
        var lenient = AnswerKinds.LenientInteger.Extract(Text);
        Assert.Equal("45", lenient.Answer);
        Assert.Equal(AnswerRule.LastNumber, lenient.Rule);
    }

    [Fact]
    public void An_echoed_template_is_no_answer_and_is_shown()
    {
        var extraction = AnswerKinds.Integer.Extract("ANSWER: $ANSWER");

        Assert.Null(extraction.Answer);
        Assert.Equal("$ANSWER", extraction.Unreadable);
    }

    [Fact]
    public void A_reference_answer_in_the_text_is_noticed_only_when_it_stands_alone()
    {
        Assert.True(AnswerKinds.Integer.Mentions("we get 1,042 in all", "1042"));
        Assert.False(AnswerKinds.Integer.Mentions("we get 10420 and x1042", "1042"));
    }

    [Fact]
    public void Any_integer_survives_any_usual_wrapping() =>
        Gen.Select(Gen.Long, OneOf("ANSWER: {0}", "**Answer:** ${0}$", "\\boxed{{{0}}}", "The answer is {0}.", "Final answer:\n\n{0}\n"))
            .Sample((number, form) =>
                AnswerKinds.Integer.Read(string.Format(System.Globalization.CultureInfo.InvariantCulture, form, number))
                == number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void Any_text_at_all_is_read_without_an_exception() =>
        Gen.OneOf(
                Gen.String,
                OneOf("ANSWER:", "\\boxed{", "}", "{", "<think>", "</think>", "answer is", "\\frac{", "12", ",", " ", "\n", "$", "\\", "-",
                    ".", "=", "٣", "\uD800")
                    .Array[0, 60].Select(string.Concat))
            .Sample(text =>
            {
                var extraction = AnswerKinds.LenientInteger.Extract(text);
                return (extraction.Answer is null) == (extraction.Rule == AnswerRule.None);
            });

    // A quadratic reader would need hours for these; a linear one needs milliseconds.
    [Theory]
    [InlineData("\\boxed{")]
    [InlineData("ANSWER:\n")]
    [InlineData("ANSWER: ")]
    [InlineData("answer is ")]
    [InlineData("the answer is\n")]
    [InlineData("<think>")]
    [InlineData("</think>")]
    [InlineData("\\frac{")]
    [InlineData("{")]
    [InlineData("9")]
    [InlineData("123,")]
    [InlineData("1/")]
    [InlineData("- ")]
    [InlineData("^{")]
    public void A_hostile_megabyte_is_read_in_linear_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));

        var extraction = AnswerKinds.LenientInteger.Extract(text + "\n");

        Assert.False(extraction.Conflict);
        Assert.False(AnswerKinds.Integer.Mentions(text, "1234567"));
    }

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
