using System.Collections.Immutable;

namespace CognitiveTools.Evals.Expressions;

/// <summary>Compares two parsed answers. Symmetric: neither is the reference.</summary>
internal sealed class NodeComparer(Work work)
{
    private readonly ScalarComparer _scalars = new(work);

    /// <summary>Whether two answers say the same.</summary>
    /// <exception cref="WorkLimitException">The comparison takes too long.</exception>
    public bool Equal(Node a, Node b) => EqualShapes(Shape.Of(a), Shape.Of(b));

    private bool EqualShapes(Node a, Node b)
    {
        work.Spend(50);
        switch (a, b)
        {
            case (Relation left, Relation right):
                return EqualRelations(left, right);
            case (Relation relation, _):
                return Shape.Value(relation) is { } value && Equal(value, b);
            case (_, Relation relation):
                return Shape.Value(relation) is { } other && Equal(a, other);
            case (Quantity left, Quantity right):
                return left.Unit == right.Unit && EqualShapes(left.Value, right.Value);
            case (Quantity quantity, _):
                return EqualWithoutUnit(quantity, b);
            case (_, Quantity quantity):
                return EqualWithoutUnit(quantity, a);
            case (Unordered left, Unordered right):
                return EqualUnordered(left, right);
            case (Unordered { Items: [var single] }, _):
                return Equal(single, b);
            case (_, Unordered { Items: [var single] }):
                return Equal(a, single);
            case (Union left, Union right):
                return Match(left.Parts, right.Parts);
            case (Brackets left, Brackets right):
                return (left.Open, left.Close) == (right.Open, right.Close) && InOrder(left.Items, right.Items);
            case (Matrix left, Matrix right):
                return left.Rows.Length == right.Rows.Length && left.Rows.Zip(right.Rows).All(r => InOrder(r.First, r.Second));
            case (Matrix matrix, Brackets { Open: '(', Close: ')' } tuple):
                return IsColumn(matrix, tuple);
            case (Brackets { Open: '(', Close: ')' } tuple, Matrix matrix):
                return IsColumn(matrix, tuple);
            case (Words left, Words right):
                return left.Text == right.Text;
            case (Based left, Based right):
                return left == right;
        }

        return IsScalar(a) && IsScalar(b) && _scalars.Equal(a, b);
    }

    private static bool IsScalar(Node node) => node is Number or Symbol or Sum or Product or Power or Call;

    // "5 cm" and "5"; "50%" is 50 to one who left the sign out, and 0.5 to one who worked it out.
    private bool EqualWithoutUnit(Quantity quantity, Node other) =>
        EqualShapes(quantity.Value, other) || (quantity.Unit is "%" && IsScalar(other) && _scalars.Equal(quantity, other));

    private bool IsColumn(Matrix matrix, Brackets tuple) =>
        matrix.Rows.All(r => r.Length == 1) && InOrder([.. matrix.Rows.Select(r => r[0])], tuple.Items);

    private bool InOrder(ImmutableArray<Node> a, ImmutableArray<Node> b) =>
        a.Length == b.Length && a.Zip(b).All(p => Equal(p.First, p.Second));

    // "x = 3, y = 4" is not "3, 4": without the names nobody knows which is which.
    private bool EqualUnordered(Unordered a, Unordered b) =>
        a.Items.Any(i => i is Relation) == b.Items.Any(i => i is Relation) && EqualItems(a, b);

    private bool EqualItems(Unordered a, Unordered b) => a.Repeats && b.Repeats
        ? Match(a.Items, b.Items)
        : a.Items.All(x => b.Items.Any(y => Equal(x, y))) && b.Items.All(x => a.Items.Any(y => Equal(x, y)));

    // Pairs every item of one with another item of the other. Greedy: equality is transitive but for rounding.
    private bool Match(ImmutableArray<Node> a, ImmutableArray<Node> b)
    {
        if (a.Length != b.Length)
            return false;
        var left = b.ToList();
        return a.All(x => left.FindIndex(y => Equal(x, y)) is var at and >= 0 && RemoveAt(left, at));
    }

    private static bool RemoveAt(List<Node> nodes, int at)
    {
        nodes.RemoveAt(at);
        return true;
    }

    private bool EqualRelations(Relation a, Relation b)
    {
        if (Shape.Interval(a) is { } left && Shape.Interval(b) is { } right && left.Variable == right.Variable)
            return Equal(left.Interval, right.Interval);
        if (Shape.Interval(a) is { } solved && b is { Operators: ["in"], Parts: [Symbol x, var set] })
            return solved.Variable == x.Name && Equal(solved.Interval, set);
        if (Shape.Interval(b) is not null && a.Operators is ["in"])
            return EqualRelations(b, a);
        return Turned(a, b.Operators) is { } same && (InOrder(same.Parts, b.Parts) || SameSolutions(same, b) || SwappedSides(same, b));
    }

    // The relation with the operators of another, read from right to left where that helps.
    private static Relation? Turned(Relation relation, ImmutableArray<string> operators)
    {
        if (relation.Operators.SequenceEqual(operators))
            return relation;
        var back = new Relation([.. relation.Parts.Reverse()], [.. relation.Operators.Reverse().Select(Mirrored)]);
        return back.Operators.SequenceEqual(operators) ? back : null;
    }

    private static string Mirrored(string relation) => relation[0] switch
    {
        '<' => relation.Replace('<', '>'),
        '>' => relation.Replace('>', '<'),
        _ => relation,
    };

    private bool SwappedSides(Relation a, Relation b) =>
        a.Operators is ["=" or "!="] && Equal(a.Parts[0], b.Parts[1]) && Equal(a.Parts[1], b.Parts[0]);

    // left - right of one is a constant multiple of the other's: a positive one for inequalities.
    private bool SameSolutions(Relation a, Relation b)
    {
        if (a.Operators is not ["=" or "!=" or "<" or "<=" or ">" or ">="] || !a.Parts.Concat(b.Parts).All(IsScalar))
            return false;
        if (Difference(a) is not { IsZero: false } left || Difference(b) is not { IsZero: false } right)
            return false;
        var factor = left.Terms.First().Coefficient / right.Terms.First().Coefficient;
        return (factor.Sign > 0 || a.Operators[0] is "=" or "!=")
            && left.Plus(right.Times(-factor, work), work).IsZero;
    }

    private Polynomial? Difference(Relation relation) =>
        _scalars.Exact(relation.Parts[0]) is { Under.IsOne: true } left && _scalars.Exact(relation.Parts[1]) is { Under.IsOne: true } right
            ? left.Difference(right, work)
            : null;
}
