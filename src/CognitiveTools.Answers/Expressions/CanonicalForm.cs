using System.Collections.Immutable;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <summary>
/// Rewrites of trees that do not change what an answer says: <c>3 \pm 2</c> is a list of two, <c>x &gt; 3</c> an interval. Those of
/// relations are in <see cref="Relations"/>.
/// </summary>
internal static class CanonicalForm
{
    /// <summary>Every real number.</summary>
    public static Brackets Reals { get; } = new('(', [Product.Negative(new Symbol("infinity")), new Symbol("infinity")], ')');

    /// <summary>Every positive real number.</summary>
    public static Brackets PositiveReals { get; } = Reals with { Items = [new Number(0), new Symbol("infinity")] };

    /// <summary>The form that is compared.</summary>
    public static Node Of(Node node) => node switch
    {
        Unordered list => Relations.OfList(list with { Items = [.. list.Items.Select(Of).SelectMany(Spread)] }),
        Brackets brackets => brackets with { Items = [.. brackets.Items.Select(Of)] },
        Relation relation => Relations.OfRelation(relation with { Parts = [.. relation.Parts.Select(Of)] }),
        Words words when Vocabulary.Meaning(words.Text) is var meaning => meaning switch
        {
            "no solution" => new Unordered([], Repeats: false),
            "all reals" => Reals,
            "all integers" => new Symbol("ZZ"),
            "positive reals" => PositiveReals,
            _ => words,
        },
        Based { Base: 10 } based => new Number(based.Value),
        Symbol { Name: Symbol.Reals } => Reals,
        Quantity or Sum or Product or Power when node.Any(n => n is PlusMinus) =>
            new Unordered([Signed(node, 1), Signed(node, -1)], Repeats: true),
        PlusMinus => new Unordered([Signed(node, 1), Signed(node, -1)], Repeats: true),
        Product { Factors: [Number { Value: var sign }, Quantity quantity] } when sign == -1 =>
            quantity with { Value = Product.Negative(quantity.Value) }, // "-30^\circ"
        Sum
        {
            Terms: [Symbol { Name: Symbol.Reals }, Product { Factors: [Number { Value: var minus }, Unordered removed] }]
        } when minus == -1 => new SetPair(Reals, Minus: true, Of(removed)),
        Sum { Terms: [.., Symbol { Name: "c" } constant] } sum when sum.Terms.Count(t => t.Any(n => n is Symbol { Name: "c" })) == 1
            && sum.Terms.Any(t => t.Any(n => n is Symbol { Name: "x" or "t" })) =>
            sum with { Terms = sum.Terms.Replace(constant, new Symbol("C")) }, // of integration
        Product { Factors: [.. var rest, Symbol { Name: "Omega" }] } when rest.Length > 0 && !rest.Any(NameForms.HasAny) =>
            new Quantity(rest.Length == 1 ? rest[0] : new Product(rest), new Unit("ohm", Rational.One)),
        Sum or Product or Transpose when node.Any(n => n is Matrix or Transpose) => MatrixAlgebra.Reduce(node) ?? node,
        _ => node,
    };

    private static IEnumerable<Node> Spread(Node item) => item is Unordered { Repeats: true } list ? list.Items : [item];

    private static Node Signed(Node node, int sign) => node switch
    {
        PlusMinus term => sign * term.Sign > 0 ? Signed(term.Term, sign) : Product.Negative(Signed(term.Term, sign)),
        Sum sum => new Sum([.. sum.Terms.Select(t => Signed(t, sign))]),
        Product product => new Product([.. product.Factors.Select(f => Signed(f, sign))]),
        Power power => new Power(Signed(power.Base, sign), Signed(power.Exponent, sign)),
        Quantity quantity => quantity with { Value = Signed(quantity.Value, sign) },
        Call call => call with { Argument = Signed(call.Argument, sign) },
        _ => node,
    };
}
