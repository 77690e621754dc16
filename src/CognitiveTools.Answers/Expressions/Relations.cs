using System.Collections.Immutable;

namespace CognitiveTools.Answers.Expressions;

/// <summary>What relations say: values, intervals, points whose coordinates are named.</summary>
internal static class Relations
{
    /// <summary>What a relation says about its name when only the value is asked for: of <c>x = 5</c> the 5.</summary>
    /// <param name="relation">The relation.</param>
    /// <param name="anyName">
    /// Whether an expression may be the name, as an answer that repeats the question has it: of <c>m + n = 113</c> the 113. A
    /// reference of that form asks for the equation.
    /// </param>
    /// <returns>The value, interval or set; <see langword="null"/> when the relation says more than that.</returns>
    public static Node? Value(Relation relation, bool anyName)
    {
        if (relation.Operators is not ["=" or "in"])
            return Interval(relation) is { } solved ? solved.Interval : null;
        var (left, right) = (relation.Parts[0], relation.Parts[1]);
        if (NameForms.Of(left) is not null)
            return right;
        if (relation.Operators[0] == "in")
            return null;
        if (right is Symbol { IsConstant: false })
            return left;
        if (!anyName || NameForms.Share(left, right))
            return null;
        return NameForms.HasAny(left) ? Unless(right, left) : NameForms.HasAny(right) ? Unless(left, right) : null;
    }

    // "5x - 7y + 4 = 0" is a line and no name for 0.
    private static Node? Unless(Node value, Node name) =>
        value is Number { Value.IsZero: true } && name is Sum sum && sum.Terms.Any(t => !NameForms.HasAny(t)) ? null : value;

    /// <summary>The name and interval of an inequality like <c>x &gt; 3</c> or <c>-2 \le f(x) \le 7</c>.</summary>
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
            [not Call and var x, var high] when NameForms.Of(x) is { } name =>
                (name, Between(Product.Negative(infinity), "<", operators[0], high)),
            [var low, not Call and var x] when NameForms.Of(x) is { } name => (name, Between(low, operators[0], "<", infinity)),
            [var low, not Call and var x, var high] when NameForms.Of(x) is { } name =>
                (name, Between(low, operators[0], operators[1], high)),
            _ => null,
        };
    }

    /// <summary>"x = 1, x = 2", "x = 1, 2", "x_1 = 1, x_2 = 2" and "x &lt; 2 or x &gt; 3" speak of one variable.</summary>
    public static Node OfList(Unordered list)
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

        if (first is not { Operators: ["="] } || NameForms.Of(first.Parts[0]) is not { } variable)
            return list;
        var values = list.Items.Select((item, i) => item switch
        {
            Relation { Operators: ["="], Parts: [var same, var value] } when NameForms.Of(same) is { } name && IsSame(name, variable, i) =>
                value,
            Relation => null,
            _ => item,
        }).ToArray();
        if (values.Contains(null))
            return list;
        var solutions = new Unordered([.. values.SelectMany(v => v is Unordered { Repeats: true } more ? more.Items : [v!])],
            Repeats: false);
        return new Relation([first.Parts[0] is Symbol ? new Symbol(Stem(variable)) : first.Parts[0], solutions], ["in"]);
    }

    /// <summary>"6 * 7 = 42" is 42, "x = 6 * 7 = 42" is x = 42, "\sqrt{2} \approx 1.41" is the root.</summary>
    public static Node OfRelation(Relation relation)
    {
        var named = NameForms.HasAny(relation.Parts[0]);
        if (relation.Operators is [.., "~"])
        {
            if (!IsRounding(relation.Parts[^2], relation.Parts[^1]))
                return relation;
            return named && relation.Parts.Length == 2
                ? relation with { Operators = ["="] }
                : OfRelation(new Relation(relation.Parts[..^1], relation.Operators[..^1]));
        }

        if (relation.Operators.IsEmpty)
            return relation.Parts[0];
        if (relation.Operators.Any(o => o != "="))
            return relation;
        var last = relation.Parts[^1];
        if (named)
            return relation.Parts.Length > 2 ? new Relation([relation.Parts[0], last], ["="]) : relation;
        return relation.Parts.Skip(1).All(IsNumber) && IsNumber(relation.Parts[0]) ? last : relation;
    }

    /// <summary>
    /// The points that named coordinates give: of <c>x = 3, y = -5</c> the point (3,-5), of <c>x = 5, y = 8 or x = 8, y = 5</c> two.
    /// </summary>
    /// <returns>The point or a list; <see langword="null"/> when the names are in no order or repeat otherwise.</returns>
    public static Node? Points(Unordered list)
    {
        var relations = list.Items.OfType<Relation>().Where(r => r is { Operators: ["="], Parts: [Symbol { IsConstant: false }, _] })
            .ToArray();
        if (relations.Length != list.Items.Length || relations.Length < 2)
            return null;
        var names = relations.Select(r => ((Symbol)r.Parts[0]).Name).ToArray();
        var size = Array.IndexOf(names, names[0], 1);
        size = size < 0 ? names.Length : size;
        var ordered = size > 1 && names.Length % size == 0
            && Enumerable.Range(1, size - 1).All(i => string.CompareOrdinal(names[i - 1], names[i]) < 0)
            && Enumerable.Range(0, names.Length).All(i => names[i] == names[i % size]);
        if (!ordered)
            return null;
        if (list.Or && size == names.Length)
            return null; // "x = 3 or y = -5" is not a point
        var points = relations.Chunk(size).Select(chunk => (Node)new Brackets('(', [.. chunk.Select(r => r.Parts[1])], ')')).ToArray();
        return points.Length == 1 ? points[0] : new Unordered([.. points], Repeats: true);
    }

    // 1.41 is about the root of 2, 5 is not about 4: within half a unit or a twentieth, where both are numbers.
    private static bool IsRounding(Node value, Node rounded)
    {
        if (Place(value) is not { } exact || Place(rounded) is not { } about)
            return true;
        return Math.Abs(exact - about) <= Math.Max(rounded is Number { IsDecimal: false } ? 0.5 : 0, Math.Abs(exact) / 20);

        static double? Place(Node node)
        {
            if (node is Quantity { Value: var inside })
                return Place(inside);
            if (!IsNumber(node) || node is Symbol { Name: not ("pi" or "e") })
                return null;
            var at = new NumericEvaluator(_ => double.NaN).Evaluate(node).Value;
            return double.IsFinite(at.Real) && at.Imaginary == 0 ? at.Real : null;
        }
    }

    // "x_1" and "x_2" are solutions for x when they come in turn.
    private static bool IsSame(string name, string variable, int index) =>
        name == variable || (Stem(name) == Stem(variable) && name != Stem(name)
            && name.EndsWith($"_{index + 1}", StringComparison.Ordinal) && variable.EndsWith("_1", StringComparison.Ordinal));

    private static string Stem(string name) =>
        name.IndexOf('_', StringComparison.Ordinal) is var at and > 0 && name.AsSpan(at + 1) is [>= '0' and <= '9'] ? name[..at] : name;

    private static Brackets Between(Node low, string afterLow, string beforeHigh, Node high) =>
        new(afterLow == "<" ? '(' : '[', [low, high], beforeHigh == "<" ? ')' : ']');

    private static bool IsNumber(Node node) =>
        node is Number or Symbol or Sum or Product or Power or Call or Quantity && !node.Any(n => n is Symbol { IsConstant: false });
}
