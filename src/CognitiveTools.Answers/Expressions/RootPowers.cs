using System.Globalization;
using System.Numerics;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <summary>Whole powers of roots: what decides about a root that is too long to take apart.</summary>
internal static class RootPowers
{
    private const int LargestIndex = 12;

    /// <summary>The least whole power of a single product of roots that is rational, and that power's index.</summary>
    /// <returns><see langword="null"/> when the value is not a product of roots of whole numbers, or its power is too long.</returns>
    public static (Rational Value, int Index)? PowerOf(RationalFunction? ratio)
    {
        if (ratio is not { Under.IsOne: true, Over.Count: 1 })
            return null;
        var (monomial, factor) = ratio.Over.Terms.First();
        var index = BigInteger.One;
        foreach (var (_, power) in monomial.Powers)
            index = index / BigInteger.GreatestCommonDivisor(index, power.Denominator) * power.Denominator;
        if (index > LargestIndex || monomial.Powers.Count == 0)
            return null;
        var bits = factor.Bits;
        var value = factor.Power((int)index);
        foreach (var (atom, power) in monomial.Powers)
        {
            var whole = (power * index).Numerator;
            if (!BigInteger.TryParse(atom.Trim('[', ']'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number.Sign <= 0 || BigInteger.Abs(whole) > LargestIndex)
                return null;
            bits += number.GetBitLength();
            if (bits > OperationBudget.LongestInteger / LargestIndex)
                return null;
            value *= ((Rational)number).Power((int)whole);
        }

        return (value, (int)index);
    }

    /// <summary>The integer square root: the greatest whole number whose square is not greater. Newton's method from above.</summary>
    public static BigInteger FloorOfRoot(BigInteger number)
    {
        if (number.IsZero)
            return number;
        var root = BigInteger.One << (int)((number.GetBitLength() / 2) + 1);
        while (true)
        {
            var next = (root + (number / root)) >> 1;
            if (next >= root)
                return root;
            root = next;
        }
    }
}
