namespace CognitiveTools.Answers.Expressions;

/// <summary>A quotient of polynomials. Denominators of one term, and those of square roots and <c>i</c> alone, are gone.</summary>
internal sealed record Ratio(Polynomial Over, Polynomial Under)
{
    /// <summary>Whether parts of it were not taken apart, so that inequality of texts proves nothing.</summary>
    public bool IsOpaque => Over.IsOpaque || Under.IsOpaque;

    /// <summary>Its value when it is a rational number.</summary>
    public Rational? AsRational => Under.IsOne ? Over.AsRational : null;

    public static Ratio Of(Polynomial polynomial) => new(polynomial, Polynomial.One);

    public static Ratio Of(Rational value) => Of(Polynomial.Of(value, Monomial.One));

    public static Ratio Of(string atom) => Of(Polynomial.Of(Monomial.Of(atom, 1)));

    public Ratio Plus(Ratio other, Work work) => Under.IsOne && other.Under.IsOne
        ? Of(Over.Plus(other.Over, work))
        : new Ratio(Over.Times(other.Under, work).Plus(other.Over.Times(Under, work), work), Under.Times(other.Under, work))
            .Simplified(work);

    public Ratio Times(Ratio other, Work work) => Under.IsOne && other.Under.IsOne
        ? Of(Over.Times(other.Over, work))
        : new Ratio(Over.Times(other.Over, work), Under.Times(other.Under, work)).Simplified(work);

    /// <summary>One over it.</summary>
    /// <exception cref="DivideByZeroException">It is zero.</exception>
    public Ratio Inverse(Work work) =>
        Over.IsZero ? throw new DivideByZeroException("One over zero.") : new Ratio(Under, Over).Simplified(work);

    /// <summary>A whole power by repeated squaring.</summary>
    public Ratio Power(int exponent, Work work)
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

    public bool Equals(Ratio other, Work work) => Difference(other, work).IsZero;

    /// <summary>A polynomial that is zero exactly when the two are equal.</summary>
    public Polynomial Difference(Ratio other, Work work) =>
        Over.Times(other.Under, work).Plus(other.Over.Times(Under, work).Times(-1, work), work);

    /// <summary>A text that equal values mostly share; always, when there is no denominator.</summary>
    public override string ToString() => Under.IsOne ? $"{Over}" : $"({Over})/({Under})";

    private Ratio Simplified(Work work)
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
        return new Ratio(over.Times(Rational.One / leading, work), under.Times(Rational.One / leading, work));
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
