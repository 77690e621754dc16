using System.Numerics;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <summary>
/// A product of powers of atoms. Atoms are variables, <c>pi</c>, <c>e</c>, <c>i</c>, primes (written in digits, with
/// exponents between 0 and 1, so that 2^(1/2) is the root of two), and terms that are not taken apart, which contain a bracket.
/// Products of powers are unique, so two monomials are equal exactly when their keys are.
/// </summary>
internal sealed class Monomial
{
    private readonly (string Atom, Rational Exponent)[] _powers; // by atom, no zero exponents

    private Monomial((string Atom, Rational Exponent)[] powers)
    {
        _powers = powers;
        Key = string.Join('*', powers.Select(p => p.Exponent == Rational.One ? p.Atom
            : p.Exponent.IsWhole && p.Exponent.Sign > 0 ? $"{p.Atom}^{p.Exponent}"
            : $"{p.Atom}^({p.Exponent})"));
    }

    public static Monomial One { get; } = new([]);

    /// <summary>Its text, which is unique.</summary>
    public string Key { get; }

    public IReadOnlyList<(string Atom, Rational Exponent)> Powers => _powers;

    /// <summary>Whether it holds an atom that was not taken apart.</summary>
    public bool IsOpaque => Key.Contains('[', StringComparison.Ordinal);

    public static bool IsPrime(string atom) => char.IsAsciiDigit(atom[0]);

    /// <summary>A power of one atom, and the rational factor that comes out of it.</summary>
    public static (Rational Factor, Monomial Reduced) Of(string atom, Rational exponent) => Reduce([(atom, exponent)]);

    /// <summary>The product, and the rational factor that comes out of it.</summary>
    public static (Rational Factor, Monomial Reduced) Multiply(Monomial a, Monomial b)
    {
        if (a._powers.Length == 0)
            return (1, b);
        if (b._powers.Length == 0)
            return (1, a);
        var merged = new List<(string Atom, Rational Exponent)>(a._powers.Length + b._powers.Length);
        var (i, j) = (0, 0);
        while (i < a._powers.Length || j < b._powers.Length)
        {
            var order = i == a._powers.Length ? 1 : j == b._powers.Length ? -1
                : string.CompareOrdinal(a._powers[i].Atom, b._powers[j].Atom);
            merged.Add(order switch
            {
                < 0 => a._powers[i++],
                > 0 => b._powers[j++],
                _ => (a._powers[i].Atom, a._powers[i++].Exponent + b._powers[j++].Exponent),
            });
        }

        return Reduce(merged);
    }

    /// <summary>One over it, and the rational factor that comes out of it.</summary>
    public (Rational Factor, Monomial Reduced) Invert() => Reduce([.. _powers.Select(p => (p.Atom, -p.Exponent))]);

    private static (Rational Factor, Monomial Reduced) Reduce(List<(string Atom, Rational Exponent)> powers)
    {
        var factor = Rational.One;
        for (var k = 0; k < powers.Count; k++)
        {
            var (atom, exponent) = powers[k];
            var whole = exponent.Floor();
            if (IsPrime(atom) && !whole.IsZero)
            {
                var prime = BigInteger.Parse(atom);
                if (BigInteger.Abs(whole) * prime.GetBitLength() > OperationBudget.LongestInteger)
                    throw new OperationLimitException("digits");
                factor *= ((Rational)prime).Power((int)whole);
                powers[k] = (atom, exponent - whole);
            }
            else if (atom == "i" && exponent.IsWhole)
            {
                var turn = (int)(((whole % 4) + 4) % 4); // i^2 = -1
                if (turn >= 2)
                    factor = -factor;
                powers[k] = (atom, turn % 2);
            }
        }

        powers.RemoveAll(p => p.Exponent.IsZero);
        return (factor, powers.Count == 0 ? One : new Monomial([.. powers]));
    }
}
