namespace CognitiveTools.Answers.Expressions;

/// <summary>An answer with the set that a letter in it runs over: <c>k\pi, k \in \mathbb{Z}</c>. The letter's name says nothing.</summary>
/// <param name="Value">The answer alone.</param>
/// <param name="Renamed">The answer with the letter in one name.</param>
internal sealed record QualifiedAnswer(Node Value, Node Renamed)
{
    /// <summary>Reads one; <see langword="null"/> when the answer has no such set.</summary>
    public static QualifiedAnswer? Read(Node node)
    {
        if (node is not Unordered
            {
                Items: [.. var values,
            Relation
                {
                    Operators: ["in"],
                    Parts: [Symbol { IsConstant: false } letter, Symbol { Name: "RR" or "ZZ" or "NN" or "QQ" or "CC" } set]
                }]
            }
                    || values.Length == 0
            || !values.Any(v => v.Any(n => n is Symbol same && same == letter)))
            return null;
        var value = values is [var one] ? one : new Unordered(values, Repeats: true);
        return new QualifiedAnswer(value, Rename(value, letter, new Symbol($"any {set.Name}")));
    }

    private static Node Rename(Node node, Symbol from, Symbol to) => node switch
    {
        Symbol symbol => symbol == from ? to : symbol,
        Sum sum => new Sum([.. sum.Terms.Select(t => Rename(t, from, to))]),
        Product product => new Product([.. product.Factors.Select(f => Rename(f, from, to))]),
        Power power => new Power(Rename(power.Base, from, to), Rename(power.Exponent, from, to)),
        Call call => call with { Argument = Rename(call.Argument, from, to) },
        PlusMinus term => term with { Term = Rename(term.Term, from, to) },
        Quantity quantity => quantity with { Value = Rename(quantity.Value, from, to) },
        Unordered list => list with { Items = [.. list.Items.Select(i => Rename(i, from, to))] },
        Brackets brackets => brackets with { Items = [.. brackets.Items.Select(i => Rename(i, from, to))] },
        Relation relation => relation with { Parts = [.. relation.Parts.Select(p => Rename(p, from, to))] },
        _ => node,
    };
}
