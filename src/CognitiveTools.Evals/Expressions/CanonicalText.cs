using System.Collections.Immutable;

namespace CognitiveTools.Evals.Expressions;

/// <summary>Writes answers so that equal ones mostly have equal texts: what majority votes count.</summary>
internal static class CanonicalText
{
    /// <summary>The text. Units, and the variable of a solved equation, are left out.</summary>
    public static string Of(Expression expression)
    {
        if (expression.Tree is null)
            return expression.Text;
        try
        {
            return Write(expression.Tree, new Work());
        }
        catch (Exception exception) when (exception is WorkLimitException or DivideByZeroException)
        {
            return expression.Text;
        }
    }

    private static string Write(Node node, Work work)
    {
        work.Spend(1);
        switch (Shape.Of(node))
        {
            case Relation relation:
                return Shape.Value(relation) is { } value ? Write(value, work) : WriteRelation(relation, work);
            case Quantity quantity:
                return Write(quantity.Value, work);
            case Unordered { Items: [var single] }:
                return Write(single, work);
            case Unordered list:
                return "{" + string.Join(", ", list.Repeats ? Sorted(list.Items, work) : Sorted(list.Items, work).Distinct(StringComparer.Ordinal)) + "}";
            case Union union:
                return string.Join(" u ", Sorted(union.Parts, work));
            case Brackets brackets:
                return brackets.Open + string.Join(", ", brackets.Items.Select(i => Write(i, work))) + brackets.Close;
            case Matrix matrix when matrix.Rows.All(r => r.Length == 1):
                return "(" + string.Join(", ", matrix.Rows.Select(r => Write(r[0], work))) + ")";
            case Matrix matrix:
                return "[" + string.Join("; ", matrix.Rows.Select(r => string.Join(", ", r.Select(i => Write(i, work))))) + "]";
            case Words words:
                return words.Text;
            case Based based:
                return FormattableString.Invariant($"{based.Value} in base {based.Base}");
            case var scalar:
                return new ExactEvaluator(work).Evaluate(scalar)?.ToString() ?? throw new DivideByZeroException("The answer has no value.");
        }
    }

    private static IEnumerable<string> Sorted(ImmutableArray<Node> items, Work work) =>
        items.Select(i => i is Relation relation ? WriteRelation(relation, work) : Write(i, work)).Order(StringComparer.Ordinal);

    private static string WriteRelation(Relation relation, Work work) =>
        string.Concat(relation.Parts.Select((part, i) => (i > 0 ? relation.Operators[i - 1] : "") + Write(part, work)));
}
