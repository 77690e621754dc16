using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <summary>A quotient of polynomials. Denominators of one term, and those of square roots and <c>i</c> alone, are gone.</summary>
internal sealed record RationalFunction(Polynomial Over, Polynomial Under)
{
    /// <summary>Whether parts of it were not taken apart, so that inequality of texts proves nothing.</summary>
    public bool IsOpaque => Over.IsOpaque || Under.IsOpaque;

    /// <summary>Its value when it is a rational number.</summary>
    public Rational? AsRational => Under.IsOne ? Over.AsRational : null;

    public static RationalFunction Of(Polynomial polynomial) => new(polynomial, Polynomial.One);

    public static RationalFunction Of(Rational value) => Of(Polynomial.Of(value, Monomial.One));

    public static RationalFunction Of(string atom) => Of(Polynomial.Of(Monomial.Of(atom, 1)));

    public RationalFunction Plus(RationalFunction other, OperationBudget work) => Under.IsOne && other.Under.IsOne
        ? Of(Over.Plus(other.Over, work))
        : new RationalFunction(Over.Times(other.Under, work).Plus(other.Over.Times(Under, work), work), Under.Times(other.Under, work))
            .Simplified(work);

    public RationalFunction Times(RationalFunction other, OperationBudget work) => Under.IsOne && other.Under.IsOne
        ? Of(Over.Times(other.Over, work))
        : new RationalFunction(Over.Times(other.Over, work), Under.Times(other.Under, work)).Simplified(work);

    /// <summary>One over it.</summary>
    /// <exception cref="DivideByZeroException">It is zero.</exception>
    public RationalFunction Inverse(OperationBudget work) =>
        Over.IsZero ? throw new DivideByZeroException("One over zero.") : new RationalFunction(Under, Over).Simplified(work);

    /// <summary>A whole power by repeated squaring.</summary>
    public RationalFunction Power(int exponent, OperationBudget work)
    {
        var square = exponent < 0 ? Inverse(work) : this;
        var result = Of(1);
        for (var left = Math.Abs(exponent); left > 0; left >>= 1)
        {
            if ((left & 1) == 1)
                result = result.Times(square, work);
            if (left > 1)
                square = square.Times(square, work);
        }

        return result;
    }

    public bool Equals(RationalFunction other, OperationBudget work) => Difference(other, work).IsZero;

    /// <summary>A polynomial that is zero exactly when the two are equal.</summary>
    public Polynomial Difference(RationalFunction other, OperationBudget work) =>
        Over.Times(other.Under, work).Plus(other.Over.Times(Under, work).Times(-1, work), work);

    /// <summary>A text that equal values mostly share; always, when there is no denominator.</summary>
    public override string ToString() => Under.IsOne ? $"{Over}" : $"({Over})/({Under})";

    private RationalFunction Simplified(OperationBudget work)
    {
        var (over, under) = (Over, Under);
        while (under.Count > 1 && RootIn(under) is { } atom)
        {
            var conjugate = under.Conjugate(atom);
            (over, under) = (over.Times(conjugate, work), under.Times(conjugate, work));
        }

        if (under.Count == 1)
        {
            var (monomial, coefficient) = under.Terms.First();
            var (factor, inverse) = monomial.Invert();
            return Of(over.Times(Polynomial.Of(factor / coefficient, inverse), work));
        }

        if (under.IsZero)
            throw new DivideByZeroException("One over zero.");
        var leading = under.Terms.First().Coefficient;
        return new RationalFunction(over.Times(Rational.One / leading, work), under.Times(Rational.One / leading, work));
    }

    // A square root or i in a denominator that is a number.
    private static string? RootIn(Polynomial under)
    {
        var powers = under.Terms.SelectMany(t => t.Monomial.Powers).ToArray();
        return powers.All(p => (Monomial.IsPrime(p.Atom) && p.Exponent == Rational.Half) || p.Atom == "i")
            ? powers.Select(p => p.Atom).FirstOrDefault()
            : null;
    }
}
