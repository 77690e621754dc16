using System.Collections.Immutable;

namespace CognitiveTools.Evals.Expressions;

/// <summary>Rewrites of trees that do not change what an answer says: <c>3 \pm 2</c> is a list of two, <c>x &gt; 3</c> an interval.</summary>
internal static class Shape
{
    /// <summary>The form that is compared.</summary>
    public static Node Of(Node node) => node switch
    {
        Unordered list => OfList(list with { Items = [.. list.Items.Select(Of).SelectMany(Spread)] }),
        Brackets brackets => brackets with { Items = [.. brackets.Items.Select(Of)] },
        Relation relation => OfRelation(relation with { Parts = [.. relation.Parts.Select(Of)] }),
        Words { Text: var word } when Vocabulary.NumberWords.TryGetValue(word, out var value) => new Number(value),
        Quantity or Sum or Product or Power when node.Any(n => n is PlusMinus) => new Unordered([Signed(node, 1), Signed(node, -1)], Repeats: true),
        PlusMinus => new Unordered([Signed(node, 1), Signed(node, -1)], Repeats: true),
        Product { Factors: [Number { Value: var sign }, Quantity quantity] } when sign == -1 =>
            quantity with { Value = Product.Negative(quantity.Value) }, // "-30^\circ"
        _ => node,
    };

    /// <summary>What a relation says about its variable when only the value is asked for: of <c>x = 5</c> the 5.</summary>
    /// <returns>The value, interval or set; <see langword="null"/> when the relation says more than that.</returns>
    public static Node? Value(Relation relation)
    {
        if (relation.Operators is ["=" or "in"])
        {
            if (IsName(relation.Parts[0]))
                return relation.Parts[1];
            return relation.Operators[0] == "=" && relation.Parts[1] is Symbol { IsConstant: false } && !IsName(relation.Parts[0]) ? relation.Parts[0] : null;
        }

        return Interval(relation) is { } solved ? solved.Interval : null;
    }

    /// <summary>The variable and interval of an inequality like <c>x &gt; 3</c> or <c>-2 \le x \le 7</c>.</summary>
    public static (string Variable, Brackets Interval)? Interval(Relation relation)
    {
        var (parts, operators) = (relation.Parts, relation.Operators);
        if (operators.Any(o => o is not ("<" or "<=" or ">" or ">=")) || parts.Length > 3)
            return null;
        if (operators[0][0] == '>')
        {
            parts = [.. parts.Reverse()];
            operators = [.. operators.Reverse().Select(o => o.Replace('>', '<'))];
        }

        if (operators.Any(o => o[0] == '>'))
            return null;
        Node infinity = new Symbol("infinity");
        return parts switch
        {
            [Symbol { IsConstant: false } x, var high] => (x.Name, Between(Product.Negative(infinity), "<", operators[0], high)),
            [var low, Symbol { IsConstant: false } x] => (x.Name, Between(low, operators[0], "<", infinity)),
            [var low, Symbol { IsConstant: false } x, var high] => (x.Name, Between(low, operators[0], operators[1], high)),
            _ => null,
        };
    }

    // "x", "f(x)", "AB", "Area": what stands on the left of the value asked for.
    private static bool IsName(Node node) => node switch
    {
        Symbol { IsConstant: false } or Words => true,
        Product { Factors: [Symbol { Name: "f" or "g" or "h" or "p" or "q" or "F" or "G" or "P" or "Q" }, Symbol or Brackets] } => true,
        Product product => product.Factors.All(f => f is Symbol { IsConstant: false, Name: [>= 'A' and <= 'Z', ..] }),
        _ => false,
    };

    private static Brackets Between(Node low, string afterLow, string beforeHigh, Node high) =>
        new(afterLow == "<" ? '(' : '[', [low, high], beforeHigh == "<" ? ')' : ']');

    private static IEnumerable<Node> Spread(Node item) => item is Unordered { Repeats: true } list ? list.Items : [item];

    // "x = 1, x = 2", "x = 1, 2" and "x < 2 or x > 3" speak of one variable.
    private static Node OfList(Unordered list)
    {
        if (list.Items is not [Relation first, ..])
            return list;
        if (list.Or && list.Items.All(i => i is Relation r && Interval(r) is not null))
        {
            var solved = list.Items.Select(i => Interval((Relation)i)!.Value).ToArray();
            return solved.All(s => s.Variable == solved[0].Variable)
                ? new Relation([new Symbol(solved[0].Variable), new Union([.. solved.Select(s => s.Interval)])], ["in"])
                : list;
        }

        if (first is not { Operators: ["="], Parts: [Symbol { IsConstant: false } variable, _] })
            return list;
        var values = list.Items.Select((item, i) => item switch
        {
            Relation { Operators: ["="], Parts: [Symbol same, var value] } when same == variable => value,
            Relation => null,
            _ => item,
        }).ToArray();
        return values.Contains(null) ? list : new Relation([variable, new Unordered([.. values.SelectMany(v => Spread(v!))], Repeats: true)], ["in"]);
    }

    // "6 * 7 = 42" is 42, "x = 6 * 7 = 42" is x = 42, "\sqrt{2} \approx 1.41" is the root.
    private static Node OfRelation(Relation relation)
    {
        var named = IsName(relation.Parts[0]);
        if (relation.Operators is [.., "~"])
        {
            return named && relation.Parts.Length == 2
                ? relation with { Operators = ["="] }
                : OfRelation(new Relation(relation.Parts[..^1], relation.Operators[..^1]));
        }

        if (relation.Operators.IsEmpty)
            return relation.Parts[0];
        var computed = relation.Parts.Skip(named ? 1 : 0).ToArray();
        if (computed.Length < 2 || relation.Operators.Any(o => o != "=") || !computed.All(IsNumber))
            return relation;
        return named ? new Relation([relation.Parts[0], computed[^1]], ["="]) : computed[^1];
    }

    private static bool IsNumber(Node node) =>
        node is Number or Symbol or Sum or Product or Power or Call or Quantity && !node.Any(n => n is Symbol { IsConstant: false });

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
