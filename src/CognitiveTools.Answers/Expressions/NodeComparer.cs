using System.Collections.Immutable;

namespace CognitiveTools.Answers.Expressions;

/// <summary>
/// Compares two parsed answers, the second of which is the reference. The order matters only where an answer repeats the question
/// (<c>m + n = 113</c> for 113): a reference of that form asks for the equation. Relations are in <c>NodeComparer.Relations.cs</c>,
/// other ways to write the same in <c>NodeComparer.Forms.cs</c>.
/// </summary>
internal sealed partial class NodeComparer
{
    private readonly OperationBudget _work;
    private readonly ScalarComparer _scalars;
    private readonly RealSets _sets;

    public NodeComparer(OperationBudget work)
    {
        _work = work;
        _scalars = new ScalarComparer(work);
        _sets = new RealSets(_scalars);
    }

    /// <summary>Whether a whole answer says what the reference says.</summary>
    /// <exception cref="OperationLimitException">The comparison takes too long.</exception>
    public bool EqualAnswers(Node answer, Node gold)
    {
        if (answer is Choice || gold is Choice)
            return EqualChoices(answer, gold);
        if (SameLetters(answer, gold) is { } same)
            return same;
        if (QualifiedAnswer.Read(answer) is { } left && QualifiedAnswer.Read(gold) is { } right)
            return Equal(left.Renamed, right.Renamed);
        return Equal(QualifiedAnswer.Read(answer)?.Value ?? answer, QualifiedAnswer.Read(gold)?.Value ?? gold);
    }

    private bool Equal(Node a, Node b) => EqualCanonical(CanonicalForm.Of(a), CanonicalForm.Of(b));

    private bool EqualCanonical(Node a, Node b)
    {
        _work.Spend(50);
        return EqualForms(a, b) || _sets.Equal(a, b) || EqualOtherwise(a, b);
    }

    private bool EqualForms(Node a, Node b)
    {
        switch (a, b)
        {
            case (Relation left, Relation right):
                return EqualRelations(left, right);
            case (Relation relation, _):
                return Relations.Value(relation, anyName: true) is { } value && Equal(value, b);
            case (_, Relation relation):
                return Relations.Value(relation, anyName: false) is { } other && Equal(a, other);
            case (Quantity left, Quantity right):
                return left.Unit.Base == right.Unit.Base && EqualCanonical(InBase(left, right), InBase(right, left));
            case (Quantity quantity, _):
                return EqualWithoutUnit(quantity, b, turned: false);
            case (_, Quantity quantity):
                return EqualWithoutUnit(quantity, a, turned: true);
            case (Unordered left, Unordered right):
                return EqualUnordered(left, right);
            case (Unordered { Items: [var single] }, _):
                return Equal(single, b);
            case (_, Unordered { Items: [var single] }):
                return Equal(a, single);
            case (Unordered { Repeats: false, Items.Length: > 1 } set, not Brackets) when !set.Items.Any(i => i is Relation):
                return set.Items.All(i => Equal(i, b)); // "x = 3, 3"
            case (not Brackets, Unordered { Repeats: false, Items.Length: > 1 } set) when !set.Items.Any(i => i is Relation):
                return set.Items.All(i => Equal(a, i));
            case (Union left, Union right):
                return Match(left.Parts, right.Parts);
            case (Brackets left, Brackets right):
                return (left.Open, left.Close) == (right.Open, right.Close) && InOrder(left.Items, right.Items);
            case (Matrix left, Matrix right):
                return left.Rows.Length == right.Rows.Length && left.Rows.Zip(right.Rows).All(r => InOrder(r.First, r.Second));
            case (Words left, Words right):
                return Vocabulary.Meaning(left.Text) == Vocabulary.Meaning(right.Text);
            case (Opaque left, Opaque right):
                return left.Text == right.Text;
            case (Based left, Based right):
                return left == right;
            case (Clock left, Clock right):
                return left == right;
            case (Proportion left, Proportion right):
                return EqualProportions(left, right);
            case (SetPair left, SetPair right):
                return left.Minus == right.Minus && Equal(left.First, right.First) && Equal(left.Second, right.Second);
            case (Builder left, Builder right):
                return left.Variable == right.Variable && Equal(left.Condition, right.Condition);
        }

        return IsScalar(a) && IsScalar(b) && _scalars.Equal(a, b);
    }

    private static bool IsScalar(Node node) => node switch
    {
        Number or Symbol or Quantity { Unit.Base: "%" or "degree" } => true,
        Call { Argument: Brackets pair } => pair.Items.All(IsScalar),
        Sum or Product or Power or Call or PlusMinus => node.Children.All(IsScalar),
        _ => false,
    };

    private static Node InBase(Quantity quantity, Quantity other) => quantity.Unit.Scale == other.Unit.Scale
        ? quantity.Value
        : new Product([new Number(quantity.Unit.Scale), quantity.Value]);

    // "5 cm" and "5"; "50%" is 50 to one who left the sign out, and 0.5 to one who worked it out. Multiples of pi are radians.
    private bool EqualWithoutUnit(Quantity quantity, Node other, bool turned)
    {
        if (quantity.Unit.IsModulus && !turned)
            return false; // a class of numbers is not an answer where one number is asked for
        if (quantity.Unit.Base is "degree" && other.Any(n => n is Symbol { Name: "pi" }))
            return false;
        if (other is Product product && Units.OfProduct(product) is var (value, measured) && measured.Base == quantity.Unit.Base)
        {
            var written = new Quantity(value, measured); // "48 m/s"
            return turned ? EqualCanonical(InBase(written, quantity), InBase(quantity, written))
                : EqualCanonical(InBase(quantity, written), InBase(written, quantity));
        }


        if (other is Product { Factors: [.. var rest, Symbol { Name: var letter }] } && rest.Length > 0
            && Units.Read(letter) is { } unit
            && unit == quantity.Unit)
            other = rest is [var one] ? one : new Product(rest); // "5 h"
        return (turned ? EqualCanonical(other, quantity.Value) : EqualCanonical(quantity.Value, other))
            || (quantity.Unit.Base is "%" && IsScalar(other) && _scalars.Equal(quantity, other));
    }

    private bool InOrder(ImmutableArray<Node> a, ImmutableArray<Node> b) =>
        a.Length == b.Length && a.Zip(b).All(p => Equal(p.First, p.Second));

    // "x = 3, y = 4" is not "3, 4": without the names it is unknown which is which.
    private bool EqualUnordered(Unordered a, Unordered b) =>
        a.Items.Any(i => i is Relation) == b.Items.Any(i => i is Relation) && !DifferInConjunction(a, b) && EqualItems(a, b);

    // "and" is not "or" between statements, words and names. Between values of one unknown both words are in use.
    private static bool DifferInConjunction(Unordered a, Unordered b)
    {
        var relations = a.Items.Concat(b.Items).Any(i => i is Relation);
        return a.Items.Length > 1
            && (relations
            ? a.Or != b.Or
            : (a.Conjunction | b.Conjunction) is (Conjunction.And | Conjunction.Or) && a.Conjunction != b.Conjunction)
            && a.Items.Concat(b.Items).Any(i => i is Relation or Words or Symbol { IsConstant: false } || NameForms.Run(i) is not null);
    }

    private bool EqualItems(Unordered a, Unordered b) => a.Repeats && b.Repeats
        ? Match(a.Items, b.Items)
        : a.Items.All(x => b.Items.Any(y => Equal(x, y))) && b.Items.All(x => a.Items.Any(y => Equal(y, x)));

    // Pairs every item of one with another item of the other. Greedy: equality is transitive except for rounding.
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
}
