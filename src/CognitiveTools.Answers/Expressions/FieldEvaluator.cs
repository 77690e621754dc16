using System.Numerics;
using CognitiveTools.Randomness;

namespace CognitiveTools.Answers.Expressions;

/// <summary>
/// Computes trees in the field of 2^64 - 2^32 + 1 elements with a random element for every variable (Schwartz and Zippel):
/// two polynomials of degree d that differ agree at a point with probability at most d / 2^64. Takes what is too long to
/// expand, for instance (a+b+c)^40. There -1 has the root 2^48, so <c>i</c> is taken too; other roots are not.
/// </summary>
internal sealed class FieldEvaluator(ulong seed, OperationBudget work)
{
    private const ulong Prime = 0xFFFF_FFFF_0000_0001;
    private const ulong RootOfMinusOne = 1UL << 48;

    /// <summary>The value, or <see langword="null"/> when the tree holds something that is not a rational function.</summary>
    public ulong? Evaluate(Node node)
    {
        work.Spend(10);
        switch (node)
        {
            case Number number:
                return Quotient(Residue(number.Value.Numerator), Residue(number.Value.Denominator));
            case Symbol { Name: "i" }:
                return RootOfMinusOne;
            case Symbol symbol:
                return Element(symbol.Name);
            case Sum sum:
                return Fold(sum.Terms, 0, (a, b) => (ulong)(((UInt128)a + b) % Prime));
            case Product product:
                return Fold(product.Factors, 1, Times);
            case Power power:
                var exponent = new ExactEvaluator(work).Evaluate(power.Exponent)?.AsRational;
                return exponent is { IsWhole: true } && Evaluate(power.Base) is { } @base ? Raise(@base, exponent.Value.Numerator) : null;
            default:
                return null;
        }
    }

    private ulong? Fold(IReadOnlyList<Node> nodes, ulong start, Func<ulong, ulong, ulong> step)
    {
        foreach (var node in nodes)
        {
            if (Evaluate(node) is not { } value)
                return null;
            start = step(start, value);
        }

        return start;
    }

    private ulong Element(string name) => StableHash.Of(FormattableString.Invariant($"{seed}:{name}")) % Prime;

    private static ulong Residue(BigInteger value) => (ulong)(((value % Prime) + Prime) % Prime);

    private static ulong Times(ulong a, ulong b) => (ulong)((UInt128)a * b % Prime);

    private static ulong? Quotient(ulong over, ulong under) => Raise(under, -1) is { } inverse ? Times(over, inverse) : null;

    private static ulong? Raise(ulong value, BigInteger exponent)
    {
        if (value == 0)
            return exponent.Sign > 0 ? 0UL : null;
        var reduced = ((exponent % (Prime - 1)) + (Prime - 1)) % (Prime - 1); // Fermat
        return (ulong)BigInteger.ModPow(value, reduced, Prime);
    }
}
