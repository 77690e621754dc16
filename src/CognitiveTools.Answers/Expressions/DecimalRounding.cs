using System.Numerics;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <summary>
/// When a decimal equals a value that it may have been rounded from: the value is not a whole number (those need no rounding), the
/// decimal is its rounding at the decimal's own last digit, and has about seven digits of it. <c>3.1415927</c> is pi,
/// <c>3.1416</c> is not, and <c>1234567.5</c> is not 1234567.
/// </summary>
internal static class DecimalRounding
{
    // One in five million: the seventh digit.
    private const int Digits = 5_000_000;

    public static bool HasAny(Node a, Node b) => HasAny(a) || HasAny(b);

    /// <summary>Whether one of two different rational values is the rounding of the other.</summary>
    public static bool AreRoundings(Node a, Rational left, Node b, Rational right)
    {
        if (Coarser(a, b) is not { } digit || (left.IsWhole && !HasAny(a)) || (right.IsWhole && !HasAny(b)))
            return false;
        var distance = (left - right).Abs();
        var larger = left.Abs() > right.Abs() ? left.Abs() : right.Abs();
        return !(distance * 2 > digit) && !(distance * Digits > larger);
    }

    /// <summary>As <see cref="AreRoundings(Node, Rational, Node, Rational)"/> for a value without an exact form.</summary>
    public static bool AreRoundings(Node a, Complex left, Node b, Complex right)
    {
        if (Coarser(a, b) is not { } digit)
            return false;
        var distance = Complex.Abs(left - right);
        return distance <= digit.ToDouble() * 0.5000001 && distance * Digits <= Math.Max(Complex.Abs(left), Complex.Abs(right));
    }

    private static bool HasAny(Node node) => node.Any(n => n is Number { IsDecimal: true });

    // What the last digit of the coarser decimal is worth; null when a side holds decimals and is more than one.
    private static Rational? Coarser(Node a, Node b)
    {
        var (left, right) = (LastDigit(a), LastDigit(b));
        if ((left is null && HasAny(a)) || (right is null && HasAny(b)))
            return null;
        return left is { } first && right is { } second ? (first > second ? first : second) : left ?? right;
    }

    private static Rational? LastDigit(Node node)
    {
        switch (node)
        {
            case Number number:
                return number.Digit;
            case Quantity { Unit.Base: "%" } percent:
                return LastDigit(percent.Value) is { } worth ? worth / 100 : null;
            case Product product:
                Rational? digit = null;
                Rational scale = 1;
                foreach (var factor in product.Factors)
                {
                    if (LastDigit(factor) is { } own && digit is null)
                        digit = own;
                    else if (new ExactEvaluator(new OperationBudget(1_000)).Evaluate(factor)?.AsRational is { } value
                        && IsPowerOfTen(value.Abs())
                        && !HasAny(factor))
                        scale *= value.Abs();
                    else
                        return null;
                }

                return digit is { } last ? last * scale : null;
            default:
                return null;
        }
    }

    private static bool IsPowerOfTen(Rational value)
    {
        var number = value.IsWhole ? value.Numerator : value.Numerator.IsOne ? value.Denominator : 0;
        while (!number.IsZero && (number % 10).IsZero)
            number /= 10;
        return number.IsOne;
    }
}
