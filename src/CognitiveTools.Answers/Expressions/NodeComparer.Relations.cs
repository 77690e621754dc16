using System.Collections.Immutable;

namespace CognitiveTools.Answers.Expressions;

/// <content>Equations and inequalities.</content>
internal sealed partial class NodeComparer
{
    private bool EqualRelations(Relation a, Relation b)
    {
        if (Relations.Interval(a) is { } left && Relations.Interval(b) is { } right && left.Variable == right.Variable)
            return Equal(left.Interval, right.Interval);
        return Turned(a, b.Operators) is { } same
            && (InOrder(same.Parts, b.Parts) || SameSolutions(same, b) || SwappedSides(same, b) || SameFunction(same, b));
    }

    // "y = ..." and "f(x) = ..." are one graph.
    private bool SameFunction(Relation a, Relation b) =>
        a.Operators is ["="] && NameForms.IsFunction(a.Parts[0]) && NameForms.IsFunction(b.Parts[0])
            && (a.Parts[0] is Symbol) != (b.Parts[0] is Symbol)
        && Equal(a.Parts[1], b.Parts[1]);

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
            && left.Plus(right.Times(-factor, _work), _work).IsZero;
    }

    private Polynomial? Difference(Relation relation) =>
        _scalars.Exact(relation.Parts[0]) is { Under.IsOne: true } left && _scalars.Exact(relation.Parts[1]) is { Under.IsOne: true } right
            ? left.Difference(right, _work)
            : null;
}
