using System.Collections.Immutable;

namespace CognitiveTools.Answers.Expressions;

/// <summary>
/// Choices as they are written in other countries: <c>C(10,3)</c>, <c>P(5,2)</c>, <c>C_{10}^{3}</c>. They look like points and
/// powers, and are choices only when the other side is a number without them.
/// </summary>
internal static class BinomialNotation
{
    /// <summary>The expression with its choices in one form; <see langword="null"/> when it has none.</summary>
    public static Node? Rewrite(Node node, Node other)
    {
        if (!node.Any(IsChoice) || other.Any(n => n is Symbol { Name: ['C', ..] }))
            return null;
        var rewritten = Of(node);
        return rewritten.Any(n => n is Brackets { Items.Length: > 2 }) ? null : rewritten;
    }

    private static bool IsChoice(Node node) =>
        node is Product { Factors: [Symbol { Name: "C" or "P" }, Brackets { Open: '(', Items.Length: 2 }] }
        || (node is Power { Base: Symbol { Name: var name }, Exponent: Number or Symbol } && Under(name) is not null);

    private static Node Of(Node node) => node switch
    {
        Product { Factors: [Symbol { Name: "C" or "P" } name, Brackets { Open: '(', Items.Length: 2 } pair] } =>
            new Call(name.Name is "C" ? "binom" : "perm", pair),
        Power { Base: Symbol { Name: var name }, Exponent: Number or Symbol } power when Under(name) is { } from =>
            Call.OfPair("binom", from, power.Exponent),
        Product product => new Product([.. product.Factors.Select(Of)]),
        Sum sum => new Sum([.. sum.Terms.Select(Of)]),
        _ => node,
    };

    // The 10 of "C_10".
    private static Number? Under(string name) =>
        name.StartsWith("C_", StringComparison.Ordinal) && int.TryParse(name.AsSpan(2), out var number) && number > 1 ? new Number(number)
            : null;
}
