using CognitiveTools.Answers.Expressions;
using CognitiveTools.Answers.Texts;
using CsCheck;

namespace CognitiveTools.Answers.Tests.Expressions;

public sealed class RationalFunctionTests
{
    [Theory]
    [InlineData("\\sqrt{12}", "2*3^(1/2)")]
    [InlineData("\\sqrt{6}\\sqrt{10}", "2*3^(1/2)*5^(1/2)")]
    [InlineData("\\frac{1}{\\sqrt{2}+\\sqrt{3}}", "-2^(1/2)+3^(1/2)")]
    [InlineData("\\sqrt[3]{4}\\sqrt[3]{2}", "2")]
    [InlineData("(1+i)^4", "-4")]
    [InlineData("\\frac{1}{3-4i}", "3/25+4/25*i")]
    [InlineData("\\sqrt{-12}", "2*3^(1/2)*i")]
    [InlineData("(x-y)(x+y)", "x^2-y^2")]
    [InlineData("\\frac{x^2y}{xy^2}", "x*y^(-1)")]
    [InlineData("\\frac{6\\pi}{4}", "3/2*pi")]
    [InlineData("0.125", "1/8")]
    public void Values_have_one_exact_form(string text, string form)
    {
        var value = new ExactEvaluator(new OperationBudget()).Evaluate(Parser.Parse(text)!);

        Assert.Equal(form, value!.ToString());
    }

    [Fact]
    public void Fractions_add_and_multiply_as_numbers_do() =>
        Gen.Select(Gen.Int[-500, 500], Gen.Int[1, 500], Gen.Int[-500, 500], Gen.Int[1, 500]).Sample((a, b, c, d) =>
        {
            var (left, right) = (Rational.Of(a, b), Rational.Of(c, d));
            return left + right == Rational.Of((a * d) + (c * b), b * d)
                && left * right == Rational.Of(a * c, b * d)
                && left - left == Rational.Zero
                && (left < right) == (a * d < c * b)
                && (int)left.Floor() == (int)Math.Floor((double)a / b);
        });

    [Fact]
    public void One_over_a_sum_of_roots_times_the_sum_is_one() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 40]).Sample((a, b, c) =>
        {
            var work = new OperationBudget();
            var sum = new ExactEvaluator(work).Evaluate(Parser.Parse($"{a}+\\sqrt{{{b}}}+\\sqrt{{{c}}}")!)!;
            return sum.Times(sum.Inverse(work), work).ToString() == "1";
        });

    [Fact]
    public void The_field_and_the_exact_form_agree_on_equality() =>
        Gen.Select(Gen.Int[-9, 9], Gen.Int[-9, 9], Gen.Int[1, 5]).Sample((a, b, n) =>
        {
            var (first, second) = (Parser.Parse($"(x+{a}y)^{n}")!, Parser.Parse($"(x+{b}y)^{n}")!);
            var work = new OperationBudget();
            var exact = new ExactEvaluator(work).Evaluate(first)!.Equals(new ExactEvaluator(work).Evaluate(second)!, work);
            return exact == (new FieldEvaluator(1, work).Evaluate(first) == new FieldEvaluator(1, work).Evaluate(second));
        });
}
