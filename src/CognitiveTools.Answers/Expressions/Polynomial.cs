using System.Text;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <summary>A sum of rational multiples of different monomials, sorted by key. Immutable.</summary>
internal sealed class Polynomial
{
    private readonly SortedDictionary<string, (Monomial Monomial, Rational Coefficient)> _terms;

    private Polynomial(SortedDictionary<string, (Monomial, Rational)> terms) => _terms = terms;

    public static Polynomial Zero { get; } = new(new(StringComparer.Ordinal));

    public static Polynomial One { get; } = Of(1, Monomial.One);

    public int Count => _terms.Count;

    public bool IsZero => Count == 0;

    public bool IsOne => Count == 1 && Terms.First() is { Coefficient: var one, Monomial.Key: "" } && one == Rational.One;

    public bool IsOpaque => Terms.Any(t => t.Monomial.IsOpaque);

    public IEnumerable<(Monomial Monomial, Rational Coefficient)> Terms => _terms.Values;

    /// <summary>Its value when it is a rational number.</summary>
    public Rational? AsRational => Count == 0 ? (Rational)0 : Count == 1 && Terms.First() is { Monomial.Key: "", Coefficient: var value }
        ? value : null;

    public static Polynomial Of(Rational coefficient, Monomial monomial)
    {
        var terms = new SortedDictionary<string, (Monomial, Rational)>(StringComparer.Ordinal);
        if (!coefficient.IsZero)
            terms.Add(monomial.Key, (monomial, coefficient));
        return new Polynomial(terms);
    }

    public static Polynomial Of((Rational Factor, Monomial Reduced) term) => Of(term.Factor, term.Reduced);

    public Polynomial Plus(Polynomial other, OperationBudget work)
    {
        var sum = new SortedDictionary<string, (Monomial, Rational)>(_terms, StringComparer.Ordinal);
        work.Spend(Count + other.Count);
        foreach (var (monomial, coefficient) in other.Terms)
            Accumulate(sum, monomial, coefficient, work);
        return new Polynomial(sum);
    }

    public Polynomial Times(Polynomial other, OperationBudget work)
    {
        var product = new SortedDictionary<string, (Monomial, Rational)>(StringComparer.Ordinal);
        foreach (var (monomial, coefficient) in Terms)
        {
            foreach (var (otherMonomial, otherCoefficient) in other.Terms)
            {
                var (factor, rest) = Monomial.Multiply(monomial, otherMonomial);
                work.Spend(20 + rest.Key.Length);
                Accumulate(product, rest, coefficient * otherCoefficient * factor, work);
            }
        }

        return new Polynomial(product);
    }

    public Polynomial Times(Rational factor, OperationBudget work) => Times(Of(factor, Monomial.One), work);

    /// <summary>The same with the sign of every term flipped that holds an atom.</summary>
    public Polynomial Conjugate(string atom)
    {
        var terms = new SortedDictionary<string, (Monomial, Rational)>(StringComparer.Ordinal);
        foreach (var (monomial, coefficient) in Terms)
            terms.Add(monomial.Key, (monomial, monomial.Powers.Any(p => p.Atom == atom) ? -coefficient : coefficient));
        return new Polynomial(terms);
    }

    public override string ToString()
    {
        if (IsZero)
            return "0";
        var text = new StringBuilder();
        foreach (var (monomial, coefficient) in Terms)
        {
            var sign = coefficient.Sign < 0 ? "-" : text.Length > 0 ? "+" : "";
            var size = coefficient.Abs();
            text.Append(sign).Append(monomial.Key.Length == 0 ? $"{size}" : size == Rational.One ? monomial.Key : $"{size}*{monomial.Key}");
        }

        return text.ToString();
    }

    private static void Accumulate(
        SortedDictionary<string, (Monomial, Rational)> terms, Monomial monomial, Rational coefficient, OperationBudget work)
    {
        if (terms.TryGetValue(monomial.Key, out var there))
            coefficient += there.Item2;
        if (coefficient.Bits > OperationBudget.LongestInteger)
            throw new OperationLimitException("digits");
        work.Spend(1 + coefficient.Bits / 64);
        if (coefficient.IsZero)
            terms.Remove(monomial.Key);
        else
            terms[monomial.Key] = (monomial, coefficient);
    }
}
