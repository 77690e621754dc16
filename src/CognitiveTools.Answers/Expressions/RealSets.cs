using System.Numerics;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <summary>Reads sets of real numbers out of intervals, unions, conditions and their complements.</summary>
internal sealed class RealSets(ScalarComparer scalars)
{
    /// <summary>Whether two answers are sets of real numbers, one of them written as more than an interval, and are the same.</summary>
    public bool Equal(Node a, Node b)
    {
        if (!IsSet(a) || !IsSet(b) || !(IsWritten(a) || IsWritten(b)))
            return false;
        if (Of(a) is not { } left || Of(b) is not { } right
            || (left.Variable is not null && right.Variable is not null && left.Variable != right.Variable))
            return false;
        var (x, y) = (left.Set.Pieces, right.Set.Pieces);
        return x.Count == y.Count && x.Zip(y).All(p => Same(p.First.Low, p.Second.Low) && Same(p.First.High, p.Second.High));
    }

    private bool Same(IntervalBound a, IntervalBound b) =>
        a.Closed == b.Closed && (double.IsInfinity(a.At) || double.IsInfinity(b.At) ? a.At.Equals(b.At)
            : scalars.Equal(a.Written, b.Written));

    // Sets by their form: only these are read as sets where a point or a list could be meant.
    private static bool IsWritten(Node node) => node switch
    {
        Union or SetPair or Builder => true,
        Unordered list => IsConditions(list),
        _ => IsCondition(node) || ReferenceEquals(node, CanonicalForm.Reals),
    };

    private static bool IsSet(Node node) => IsWritten(node) || node is Brackets { Items.Length: 2 } or Unordered { Repeats: false };

    private static bool IsConditions(Unordered list) => list.Items.Length > 0
        && list.Items.All(i => IsCondition(i) || (i is Unordered { Conjunction: Conjunction.And } both && both.Items.All(IsCondition)));

    private static bool IsCondition(Node node) =>
        node is Relation
        {
            Operators: ["in"] or ["!="] or ["<" or "<=" or ">" or ">="] or ["<" or "<=" or ">" or ">=",
            "<" or "<=" or ">" or ">="]
        };

    private (RealSet Set, string? Variable)? Of(Node node)
    {
        switch (node)
        {
            case Symbol { Name: Symbol.Reals }:
                return (RealSet.Everything, null);
            case Brackets { Items: [var low, var high] } interval:
                return Place(low) is { } from && Place(high) is { } to
                    ? (RealSet.Of(new(from, low, interval.Open == '['), new(to, high, interval.Close == ']')), null)
                    : null;
            case Union union:
                return Combine(union.Parts, (a, b) => a.Or(b));
            case SetPair pair:
                return Combine([pair.First, pair.Second], (a, b) => a.And(pair.Minus ? b.Not() : b));
            case Builder builder:
                return Of(builder.Condition) is { } condition && condition.Variable == builder.Variable ? (condition.Set, null) : null;
            case Unordered list when IsConditions(list):
                var all = Combine(list.Items, (a, b) => list.Or ? a.Or(b) : a.And(b));
                return all is { Set.Pieces.Count: 0 } && list.Conjunction is Conjunction.None // "x <= -3, x >= 3"
                    ? Combine(list.Items, (a, b) => a.Or(b)) : all;
            case Unordered { Repeats: false } set:
                return set.Items.IsEmpty ? (RealSet.Nothing, null) : Combine(set.Items, (a, b) => a.Or(b));
            case Relation relation:
                return OfRelation(relation);
            default:
                return Place(node) is { } at ? (RealSet.Point(at, node), null) : null;
        }
    }

    private (RealSet Set, string? Variable)? Combine(IReadOnlyList<Node> parts, Func<RealSet, RealSet, RealSet> join)
    {
        (RealSet Set, string? Variable)? result = null;
        foreach (var part in parts)
        {
            if (Of(part) is not { } next || (result?.Variable is { } name && next.Variable is { } other && name != other))
                return null;
            result = result is { } before ? (join(before.Set, next.Set), before.Variable ?? next.Variable) : next;
        }

        return result;
    }

    private (RealSet Set, string? Variable)? OfRelation(Relation relation)
    {
        if (relation is { Operators: ["in"], Parts: [var name, var set] })
            return NameForms.Of(name) is { } variable && Of(set) is { } inside ? (inside.Set, variable) : null;
        if (Relations.Interval(relation) is { } solved)
            return Of(solved.Interval) is { } interval ? (interval.Set, solved.Variable) : null;
        if (relation is { Operators: [var before, var after], Parts: [_, Call { Function: "abs" }, _] })
        {
            return Combine(
                [new Relation(relation.Parts[..2], [before]), new Relation(relation.Parts[1..], [after])], (a, b) => a.And(b));
        }

        if (relation is not { Operators: [var compared], Parts: [var left, var right] })
            return null;
        if (compared == "!=")
            return NameForms.Of(left) is { } x && Place(right) is { } hole ? (RealSet.Point(hole, right).Not(), x) : null;
        return left is Call { Function: "abs" } size ? OfAbsolute(size.Argument, compared, right)
            : right is Call { Function: "abs" } other
                ? OfAbsolute(other.Argument, compared[0] == '<' ? compared.Replace('<', '>') : compared.Replace('>', '<'), left)
            : null;
    }

    // |a x + b| < c is two bounds.
    private (RealSet Set, string? Variable)? OfAbsolute(Node inside, string compared, Node limit)
    {
        if (Place(limit) is not { } size || size < 0 || Linear(inside) is not { } line)
            return null;
        var (variable, slope, shift) = line;
        Node Bound(int sign) =>
            new Product([new Sum([new Product([new Number(sign), limit]), new Number(-shift)]), new Number(Rational.One / slope)]);
        var (one, other) = (Bound(-1), Bound(1));
        if (Place(one) is not { } first || Place(other) is not { } second)
            return null;
        if (first > second)
            (first, one, second, other) = (second, other, first, one);
        var closed = compared.Length == 2;
        return compared[0] == '<'
            ? (RealSet.Of(new(first, one, closed), new(second, other, closed)), variable)
            : (RealSet.Below(first, one, closed).Or(RealSet.Above(second, other, closed)), variable);
    }

    private (string Variable, Rational Slope, Rational Shift)? Linear(Node node)
    {
        if (scalars.Exact(node) is not { Under.IsOne: true } exact)
            return null;
        (string Variable, Rational Slope)? term = null;
        Rational shift = 0;
        foreach (var (monomial, coefficient) in exact.Over.Terms)
        {
            if (monomial.Key.Length == 0)
                shift = coefficient;
            else if (term is null && monomial.Powers is [var (atom, power)] && power == Rational.One && char.IsLetter(atom[0])
                && atom is not ("pi" or "e" or "i"))
                term = (atom, coefficient);
            else
                return null;
        }

        return term is { } found ? (found.Variable, found.Slope, shift) : null;
    }

    // Where a real number lies; null when it has no place on the line.
    private static double? Place(Node node)
    {
        if (node is Symbol { Name: "infinity" })
            return double.PositiveInfinity;
        if (node is Product { Factors: [Number { Value: var sign }, Symbol { Name: "infinity" }] } && sign == -1)
            return double.NegativeInfinity;
        if (node is Sum { Terms: [var only] })
            return Place(only);
        if (node.Any(n => n is Symbol and not { Name: "pi" or "e" } or Brackets or Unordered or Relation or Words or Matrix))
            return null;
        var value = new NumericEvaluator(_ => double.NaN).Evaluate(node is Quantity quantity ? quantity.Value : node).Value;
        return Complex.IsFinite(value) && value.Imaginary == 0 ? value.Real : null;
    }
}
