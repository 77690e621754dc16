using System.Numerics;

namespace CognitiveTools.Answers.Texts;

/// <summary>An exact fraction in lowest terms with a positive denominator.</summary>
internal readonly record struct Rational
{
    private readonly BigInteger _denominatorLessOne; // so that default is 0/1

    private Rational(BigInteger numerator, BigInteger denominator)
    {
        Numerator = numerator;
        _denominatorLessOne = denominator - 1;
    }

    public static Rational Zero => default;

    public static Rational One { get; } = new(1, 1);

    public static Rational Half { get; } = new(1, 2);

    public BigInteger Numerator { get; }

    public BigInteger Denominator => _denominatorLessOne + 1;

    public bool IsZero => Numerator.IsZero;

    public bool IsWhole => _denominatorLessOne.IsZero;

    public int Sign => Numerator.Sign;

    /// <summary>Bits of numerator and denominator together.</summary>
    public long Bits => Numerator.GetBitLength() + Denominator.GetBitLength();

    public static implicit operator Rational(int value) => new(value, 1);

    public static implicit operator Rational(BigInteger value) => new(value, 1);

    public static Rational operator +(Rational a, Rational b) =>
        Of(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Rational operator -(Rational a) => new(-a.Numerator, a.Denominator);

    public static Rational operator -(Rational a, Rational b) => a + -b;

    public static Rational operator *(Rational a, Rational b) => Of(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, Rational b) => Of(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static bool operator <(Rational a, Rational b) => a.Numerator * b.Denominator < b.Numerator * a.Denominator;

    public static bool operator >(Rational a, Rational b) => b < a;

    /// <summary>The fraction in lowest terms.</summary>
    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public static Rational Of(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
            throw new DivideByZeroException("A fraction needs a denominator other than zero.");
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        return new Rational(numerator / divisor, denominator / divisor);
    }

    public Rational Abs() => new(BigInteger.Abs(Numerator), Denominator);

    /// <summary>Greatest integer that is not greater.</summary>
    public BigInteger Floor() => (Numerator - (((Numerator % Denominator) + Denominator) % Denominator)) / Denominator;

    /// <summary>A whole power; the caller has checked its size.</summary>
    public Rational Power(int exponent)
    {
        var (top, bottom) = (BigInteger.Pow(Numerator, Math.Abs(exponent)), BigInteger.Pow(Denominator, Math.Abs(exponent)));
        return exponent < 0 ? Of(bottom, top) : new Rational(top, bottom);
    }

    public double ToDouble()
    {
        // Scaled so that neither part leaves the range of a double.
        var excess = Math.Max(0, Math.Max(Numerator.GetBitLength(), Denominator.GetBitLength()) - 1_000);
        return (double)(Numerator >> (int)excess) / (double)(Denominator >> (int)excess);
    }

    public override string ToString() => IsWhole ? $"{Numerator}" : $"{Numerator}/{Denominator}";
}
