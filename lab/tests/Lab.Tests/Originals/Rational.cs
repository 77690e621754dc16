using System.Numerics;

namespace CognitiveTools.Lab.Tests.Originals;

/// <summary>An exact fraction in lowest terms with a positive denominator.</summary>
internal readonly record struct Rational
{
    private readonly BigInteger _denominatorLessOne;

    public Rational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
            throw new DivideByZeroException("A fraction needs a denominator other than zero.");
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        _denominatorLessOne = denominator / divisor - 1;
    }

    public BigInteger Numerator { get; }

    // Stored less one, so that default(Rational) is zero and not 0/0.
    public BigInteger Denominator => _denominatorLessOne + 1;

    /// <summary>The "m + n" that contest answers ask for.</summary>
    public int SumOfTerms => (int)(Numerator + Denominator);

    public static implicit operator Rational(int value) => new(value, 1);

    public static Rational operator +(Rational a, Rational b) =>
        new(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Rational operator -(Rational a, Rational b) =>
        new(a.Numerator * b.Denominator - b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Rational operator *(Rational a, Rational b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, Rational b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    /// <summary>The integer this fraction is.</summary>
    public int ToWhole() =>
        Denominator.IsOne ? (int)Numerator : throw new InvalidOperationException($"{Numerator}/{Denominator} is not an integer.");

    /// <summary>The one fraction with a small denominator that a measured value is; throws if there is none within 1e-9.</summary>
    public static Rational Near(double value, int greatestDenominator = 400)
    {
        for (var denominator = 1; denominator <= greatestDenominator; denominator++)
        {
            var numerator = Math.Round(value * denominator);
            if (Math.Abs(value - numerator / denominator) < 1e-9)
                return new((BigInteger)numerator, denominator);
        }

        throw new InvalidOperationException($"{value} is not a fraction with a denominator up to {greatestDenominator}.");
    }
}
