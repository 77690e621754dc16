using System.Diagnostics;
using CognitiveTools.Answers.Reading;

namespace CognitiveTools.Answers.Tests.Expressions;

public sealed class LimitTests
{
    private static readonly IAnswerKind Kind = AnswerKinds.Expression;

    // Two seconds are the limit of inspect for one item. Here a count of operations ends the work long before.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3); // makes a failure of work without end; milliseconds are usual

    [Theory]
    [InlineData("9^9^9^9")]
    [InlineData("9^{9^{9^{9}}}")]
    [InlineData("2^{2^{2^{2^{2^2}}}}")]
    [InlineData("1000000!")]
    [InlineData("\\binom{1000000}{500000}")]
    [InlineData("1/0")]
    [InlineData("\\frac{1}{\\sqrt{2}-\\sqrt{2}}")]
    public void A_value_that_cannot_be_written_down_is_compared_as_text_and_flagged(string answer)
    {
        Assert.Equal(new AnswerComparison(Equal: false, AsText: true), Kind.Compare(answer, answer + "+1"));
        Assert.True(Kind.Matches(answer, answer));
    }

    [Theory]
    [InlineData("2^{99999999999}")]
    [InlineData("(1+x)^{100000}")]
    [InlineData("(a+b+c+d+e)^{64}")]
    [InlineData("x^{10^{10}}")]
    [InlineData("((9^9)^9)^9")]
    public void What_is_too_long_to_expand_is_still_told_apart_in_a_finite_field(string answer)
    {
        Assert.Equal(new AnswerComparison(Equal: true, AsText: false), Kind.Compare(answer, "0+" + answer));
        Assert.Equal(new AnswerComparison(Equal: false, AsText: false), Kind.Compare(answer, answer + "+1"));
    }

    [Fact]
    public void Candidates_of_4096_characters_are_read_and_longer_ones_are_not()
    {
        Assert.NotNull(Kind.Read("\\boxed{" + string.Concat(Enumerable.Repeat("1+", 2047)) + "11}"));
        Assert.Null(Kind.Read("\\boxed{" + string.Concat(Enumerable.Repeat("1+", 2048)) + "1}"));
        Assert.Null(Kind.NormalizeGold(new string('x', 4097)));
    }

    [Fact]
    public void Nesting_is_read_to_a_depth_and_compared_as_text_beyond_it()
    {
        Assert.False(Kind.Compare(Nested(20), "x").AsText);
        Assert.True(Kind.Matches(Nested(20), "x"));
        Assert.True(Kind.Compare(Nested(65), "x").AsText);
        Assert.True(Kind.Matches(Nested(65), Nested(65)));

        static string Nested(int depth) => new string('(', depth) + "x" + new string(')', depth);
    }

    [Fact]
    public void Numbers_of_256_digits_are_read_and_longer_ones_are_compared_as_text()
    {
        var digits = new string('7', 256);

        Assert.Equal(new AnswerComparison(Equal: true, AsText: false), Kind.Compare(digits, "+" + digits));
        Assert.Equal(new AnswerComparison(Equal: false, AsText: true), Kind.Compare(digits + "7", "+" + digits + "7"));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("{")]
    [InlineData("\\frac{")]
    [InlineData("\\sqrt")]
    [InlineData("9^")]
    [InlineData("x!")]
    [InlineData("-")]
    [InlineData("1/")]
    [InlineData("(1,2),")]
    [InlineData("a,")]
    [InlineData("|x")]
    [InlineData("1\\pm")]
    [InlineData("\\pm 1,")]
    [InlineData("(x+y)/(x-y)+")]
    [InlineData("1/(x+a)+")]
    [InlineData("(x+1)(y+1)(z+1)(w+1)")]
    [InlineData("1/(1+\\sqrt2+\\sqrt3+\\sqrt5+\\sqrt7)+")]
    [InlineData("999999999999999989^{1/2}+")]
    [InlineData("200!+")]
    [InlineData("\\text{")]
    [InlineData("\\begin{pmatrix}")]
    [InlineData("x=")]
    [InlineData("50%")]
    public void Four_thousand_hostile_characters_are_compared_in_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 4_000 / piece.Length));
        var time = Stopwatch.StartNew();

        var comparison = Kind.Compare(text + "1", text + "2");

        Assert.Equal(comparison, Kind.Compare(text + "2", text + "1"));
        Assert.True(Kind.Matches(text, text));
        Assert.Equal("0", Kind.Read(text + "\n\nANSWER: 0\n"));
        Assert.True(time.Elapsed < Patience, $"{time.Elapsed}");
    }

    [Theory]
    [InlineData("ANSWER: (\n")]
    [InlineData("ANSWER: \\frac{1}{2}\n")]
    [InlineData("the answer is x ")]
    [InlineData("\\boxed{x}")]
    [InlineData("$")]
    [InlineData("\\(")]
    public void A_hostile_megabyte_is_searched_in_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        var time = Stopwatch.StartNew();

        var extraction = Kind.Extract(text + "\n");

        Assert.False(extraction.Conflict);
        Assert.False(Kind.Mentions(text, "\\frac{777}{2}"));
        Assert.True(time.Elapsed < Patience, $"{time.Elapsed}");
    }
}
