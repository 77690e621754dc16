using System.Globalization;
using System.Numerics;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <summary>
/// Computes trees exactly, as <see cref="RationalFunction"/>. This symbolic layer decides what evaluation at points cannot: without it 21
/// of the 1,534 pairs of answers in the test corpora get another verdict. For instance <c>2x+3y=6</c> and
/// <c>y = 2 - \frac{2}{3}x</c> would differ, and <c>\sqrt{10^{28}+1}</c> would equal <c>10^{14}</c>.
/// </summary>
internal sealed class ExactEvaluator(OperationBudget work)
{
    private const int LargestPower = 1_024;
    private const int LargestTrialDivisor = 4_096;
    private const int LargestFactorial = 1_000;

    /// <summary>The exact value.</summary>
    /// <returns>The value, or <see langword="null"/> when the tree is not a number or divides by zero.</returns>
    /// <exception cref="OperationLimitException">The value is too big to write down.</exception>
    public RationalFunction? Evaluate(Node node)
    {
        try
        {
            return Of(node);
        }
        catch (DivideByZeroException)
        {
            return null;
        }
    }

    private RationalFunction? Of(Node node)
    {
        work.Spend(1);
        switch (node)
        {
            case Number number:
                return RationalFunction.Of(number.Value);
            case Symbol symbol:
                return RationalFunction.Of(symbol.Name);
            case Sum sum:
                return Fold(sum.Terms, RationalFunction.Of(0), (a, b) => a.Plus(b, work));
            case Product product:
                return Fold(product.Factors, RationalFunction.Of(1), (a, b) => a.Times(b, work));
            case Power power:
                return Of(power.Base) is { } @base && Of(power.Exponent) is { } exponent ? Raise(@base, exponent) : null;
            case Quantity { Unit.Base: "%" } percent:
                return Of(percent.Value)?.Times(RationalFunction.Of(Rational.Of(1, 100)), work);
            case Quantity { Unit.Base: "degree" } degrees:
                return Of(degrees.Value)?.Times(RationalFunction.Of("pi"), work).Times(RationalFunction.Of(Rational.Of(1, 180)), work);
            case Call { Function: "binom", Argument: Brackets { Items: [var from, var choose] } }:
                return Of(from)?.AsRational is { } n && Of(choose)?.AsRational is { } k ? Binomial(n, k) : null;
            case Call { Function: "perm", Argument: Brackets { Items: [var all, var taken] } }:
                return Of(all)?.AsRational is { } m && Of(taken)?.AsRational is { } l
                    ? Binomial(m, l)?.Times(Factorial(l) ?? RationalFunction.Of(0), work) : null;
            case Call { Function: "gcd" or "lcm" or "max" or "min", Argument: Brackets list } call:
                return OfList(call.Function, [.. list.Items.Select(i => Of(i)?.AsRational)]);
            case Call { Function: "conj", Argument: var argument } when !argument.Any(n => n is Symbol { IsConstant: false }):
                return Of(argument) is { } value ? Conjugate(value) : null;
            case Call call:
                return Of(call.Argument) is { } inside ? Apply(call.Function, inside) : null;
            default:
                return null;
        }
    }

    private static RationalFunction? OfList(string function, Rational?[] values)
    {
        if (values.Contains(null))
            return null;
        var numbers = values.Select(v => v!.Value).ToArray();
        if (function is "max" or "min")
            return RationalFunction.Of(numbers.Aggregate((a, b) => a > b == function is "max" ? a : b));
        if (!numbers.All(n => n.IsWhole && n.Sign > 0))
            return null;
        return RationalFunction.Of(
            numbers.Select(n => n.Numerator).Aggregate((a, b) => function is "gcd" ? BigInteger.GreatestCommonDivisor(a, b)
            : a / BigInteger.GreatestCommonDivisor(a, b) * b));
    }

    private RationalFunction? Fold(
        IReadOnlyList<Node> nodes, RationalFunction start, Func<RationalFunction, RationalFunction, RationalFunction> step)
    {
        foreach (var node in nodes)
        {
            if (Of(node) is not { } value)
                return null;
            start = step(start, value);
        }

        return start;
    }

    private static RationalFunction Conjugate(RationalFunction value) => new(value.Over.Conjugate("i"), value.Under.Conjugate("i"));

    private RationalFunction? Apply(string function, RationalFunction argument)
    {
        if (function is "floor" or "ceil" && RootPowers.PowerOf(argument) is ({ } square, 2)
            && argument.Over.Terms.First().Coefficient.Sign > 0)
        {
            work.Spend(1_000);
            var root = RootPowers.FloorOfRoot(square.Floor());
            return RationalFunction.Of(function is "floor" ? root : root + 1); // the root itself is not whole
        }

        if (argument.AsRational is { } value)
        {
            switch (function)
            {
                case "abs":
                    return RationalFunction.Of(value.Abs());
                case "floor":
                    return RationalFunction.Of(value.Floor());
                case "ceil":
                    return RationalFunction.Of(-(-value).Floor());
                case "!":
                    return Factorial(value);
            }
        }

        return RationalFunction.Of($"{function}[{argument}]");
    }

    private RationalFunction? Factorial(Rational value)
    {
        if (!value.IsWhole || value.Sign < 0)
            return null;
        if (value > LargestFactorial)
            throw new OperationLimitException("digits");
        work.Spend(100);
        var product = BigInteger.One;
        for (var factor = 2; factor <= (int)value.Numerator; factor++)
            product *= factor;
        return RationalFunction.Of(product);
    }

    private static RationalFunction? Binomial(Rational n, Rational k)
    {
        if (!n.IsWhole || !k.IsWhole || n.Sign < 0 || k.Sign < 0)
            return null;
        if (n > LargestFactorial)
            throw new OperationLimitException("digits");
        var value = BigInteger.One;
        for (var i = 0; i < (int)BigInteger.Min(k.Numerator, n.Numerator + 1); i++)
            value = value * (n.Numerator - i) / (i + 1);
        return RationalFunction.Of(value);
    }

    private RationalFunction? Raise(RationalFunction @base, RationalFunction exponent)
    {
        if (exponent.AsRational is not { } power)
            return RationalFunction.Of($"pow[{@base},{exponent}]");
        if (power.IsWhole && BigInteger.Abs(power.Numerator) <= LargestPower && @base.Over.Count + @base.Under.Count > 2)
            return @base.Power((int)power.Numerator, work);
        if (@base.Over.IsZero)
            return power.Sign > 0 ? RationalFunction.Of(0) : power.IsZero ? RationalFunction.Of(1) : null;
        return (@base.Under.IsOne && @base.Over.Count == 1 ? RaiseTerm(@base.Over.Terms.First(), power) : null)
            ?? RationalFunction.Of(Polynomial.Of(Monomial.Of($"[{@base}]", power)));
    }

    // (c * x^a * y^b)^power, where that is c^power * x^(a power) * y^(b power); null where signs or size forbid it.
    private RationalFunction? RaiseTerm((Monomial Monomial, Rational Coefficient) term, Rational power)
    {
        var whole = power.IsWhole;
        var value = RationalFunction.Of(1);
        foreach (var (atom, exponent) in term.Monomial.Powers)
        {
            var positive = Monomial.IsPrime(atom) || atom is "pi" or "e";
            if (!whole && !positive && (atom == "i" || exponent.Numerator.IsEven))
                return null; // the root of x^2 is |x|
            value = value.Times(RationalFunction.Of(Polynomial.Of(Monomial.Of(atom, exponent * power))), work);
        }

        var coefficient = term.Coefficient;
        if (coefficient.Sign < 0 && !whole)
        {
            var odd = !power.Denominator.IsEven;
            if (!odd && (power.Denominator != 2 || term.Monomial.Powers.Count > 0))
                return null;
            var sign = odd
                ? RationalFunction.Of(power.Numerator.IsEven ? 1 : -1)
                : RationalFunction.Of(Polynomial.Of(Monomial.Of("i", power.Numerator)));
            value = value.Times(sign, work);
            coefficient = -coefficient;
        }

        if (whole && coefficient.Abs() == Rational.One)
            return value.Times(RationalFunction.Of(coefficient.Sign < 0 && !power.Numerator.IsEven ? -1 : 1), work);
        if (whole)
        {
            if (BigInteger.Abs(power.Numerator) * (coefficient.Bits - 1) > OperationBudget.LongestInteger)
                throw new OperationLimitException("digits");
            return value.Times(RationalFunction.Of(coefficient.Power((int)power.Numerator)), work);
        }

        return value.Times(RootOf(coefficient.Numerator, power), work).Times(RootOf(coefficient.Denominator, -power), work);
    }

    private RationalFunction RootOf(BigInteger number, Rational power)
    {
        var value = RationalFunction.Of(1);
        for (var prime = 2; prime <= LargestTrialDivisor && number > 1; prime++)
        {
            work.Spend(1 + number.GetBitLength() / 64);
            var count = 0;
            for (; (number % prime).IsZero; number /= prime)
                count++;
            if (count > 0)
                value = value.Times(Atom(prime, power * count), work);
            if (prime * (BigInteger)prime > number)
                break;
        }

        if (number.IsOne)
            return value;
        if (number <= (BigInteger)LargestTrialDivisor * LargestTrialDivisor)
            return value.Times(Atom(number, power), work);
        // Too big to factor here: not taken apart, so that numbers decide about equality.
        return value.Times(RationalFunction.Of(Polynomial.Of(Monomial.Of($"[{number}]", power))), work);
    }

    private static RationalFunction Atom(BigInteger prime, Rational power) =>
        RationalFunction.Of(Polynomial.Of(Monomial.Of(prime.ToString(CultureInfo.InvariantCulture), power)));
}
