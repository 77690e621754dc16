using System.Collections.Immutable;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <content>The same thing in another form: letters, points by name, vectors, ratios, choices.</content>
internal sealed partial class NodeComparer
{
    // The letter of an option is the answer; so is its text.
    private bool EqualChoices(Node answer, Node gold) => (answer, gold) switch
    {
        (Choice left, Choice right) => left.Letter == right.Letter,
        (Choice choice, Symbol { IsLetter: true } letter) => string.Equals(choice.Letter, letter.Name, StringComparison.OrdinalIgnoreCase),
        (Symbol { IsLetter: true } letter, Choice choice) => string.Equals(choice.Letter, letter.Name, StringComparison.OrdinalIgnoreCase),
        (Choice { Content: { } content }, _) => Equal(content, gold),
        (_, Choice { Content: { } content }) => Equal(answer, content),
        _ => false,
    };

    // "d" for "D", "b, c" or "BC" for "B, C". An order of letters is not a product: ABC is not CAB. Null when it is not about letters.
    private static bool? SameLetters(Node a, Node b)
    {
        if (a is Symbol { IsLetter: true } one && b is Symbol { IsLetter: true } other)
            return one.Name == other.Name
                || (!one.IsConstant && !other.IsConstant && string.Equals(one.Name, other.Name, StringComparison.OrdinalIgnoreCase));
        var (run, otherRun) = (NameForms.Run(a), NameForms.Run(b));
        if (run is not null && otherRun is not null)
            return run == otherRun;
        var (list, otherList) = (Letters(a) ?? run, Letters(b) ?? otherRun);
        if (list is not null && otherList is not null && a is Unordered some && b is Unordered others && DifferInConjunction(some, others))
            return false;
        return list is null || otherList is null ? null : string.Concat(list.Order()) == string.Concat(otherList.Order());
    }

    private static string? Letters(Node node) =>
        node is Unordered { Items.Length: > 1 } list && list.Items.All(i => i is Symbol { IsLetter: true })
            ? string.Concat(list.Items.Select(i => ((Symbol)i).Name)).ToUpperInvariant()
            : null;

    private bool EqualOtherwise(Node a, Node b) => EqualOneWay(a, b, turned: false) || EqualOneWay(b, a, turned: true);

    // The first in a form that the second is not in; turned when the first is the reference.
    private bool EqualOneWay(Node a, Node b, bool turned)
    {
        switch (a, b)
        {
            case (Matrix column, Brackets { Open: '(', Close: ')' } tuple) when column.Rows.All(r => r.Length == 1):
                return EqualLists([.. column.Rows.Select(r => r[0])], tuple.Items, turned);
            case (Matrix matrix, Brackets { Open: '[', Close: ']' } rows) when rows.Items.All(i => i is Brackets { Open: '[' or '(' }):
                return matrix.Rows.Length == rows.Items.Length
                    && matrix.Rows.Zip(rows.Items).All(r => EqualLists(r.First, ((Brackets)r.Second).Items, turned));
            case (Matrix { Rows: [[var over], [var under]] }, Call { Function: "binom", Argument: Brackets pair }):
                return EqualLists([over, under], pair.Items, turned);
            case (Matrix column, _) when IsScalar(b) && column.Rows.All(r => r.Length == 1):
                return Components(b, column.Rows.Length) is { } entries && EqualLists([.. column.Rows.Select(r => r[0])], entries, turned);
            case (Brackets { Open: '(', Close: ')' } vector, _) when IsScalar(b):
                return Components(b, vector.Items.Length) is { } parts && EqualLists(vector.Items, parts, turned);
            case (Unordered list, Brackets { Open: '(', Close: ')' }) when Relations.Points(list) is Brackets point:
                return Directed(point, b, turned);
            case (Unordered list, Unordered points) when points.Items.Any(i => i is Brackets) && Relations.Points(list) is { } named:
                return Directed(named, points, turned);
            case (Unordered list, Brackets { Open: '[', Close: ']', Items.Length: > 2 } items):
                return turned ? EqualUnordered(new Unordered(items.Items, list.Repeats), list)
                    : EqualUnordered(list, new Unordered(items.Items, list.Repeats));
            case (Union union, Unordered { Repeats: false }) when union.Parts.All(p => p is Unordered { Repeats: false }):
                return Directed(new Unordered([.. union.Parts.SelectMany(p => ((Unordered)p).Items)], Repeats: false), b, turned);
            case (Unordered { Items.IsEmpty: true }, Symbol { Name: "phi" or "varphi" }):
                return true;
            case (Product { Factors: [Symbol { Name: [>= 'A' and <= 'Z'] }, Brackets { Open: '(' } point] }, Brackets):
                return Directed(point, b, turned);
            case (Proportion { Parts: [var first, var second] }, _) when IsScalar(b):
                return Directed(Product.Quotient(first, second), b, turned);
            case (Clock clock, Proportion { Parts: [Number hour, Number minute] }):
                return clock.Hour == hour.Value && clock.Minute == minute.Value;
            case (_, _) when IsScalarOrNamed(a) && IsScalar(b) && BinomialNotation.Rewrite(a, b) is { } choice:
                return _scalars.Equal(choice, b);
            default:
                return false;
        }
    }

    private static bool IsScalarOrNamed(Node node) => node is Product or Power or Sum;

    private bool Directed(Node form, Node other, bool turned) => turned ? Equal(other, form) : Equal(form, other);

    private bool EqualLists(ImmutableArray<Node> a, ImmutableArray<Node> b, bool turned) => turned ? InOrder(b, a) : InOrder(a, b);

    // 3:5 = 6:10, part by part.
    private bool EqualProportions(Proportion a, Proportion b) =>
        a.Parts.Length == b.Parts.Length && (InOrder(a.Parts, b.Parts) || (a.Parts.Concat(b.Parts).All(IsScalar)
            && Enumerable.Range(1, a.Parts.Length - 1)
                .All(i => _scalars.Equal(new Product([a.Parts[i - 1], b.Parts[i]]), new Product([a.Parts[i], b.Parts[i - 1]])))));

    // The components of "i + 2j", in unit vectors; null when it is not a vector of that length.
    private ImmutableArray<Node>? Components(Node node, int length)
    {
        string[] units = ["i", "j", "k"];
        if (length is < 2 or > 3 || !node.Any(n => n is Symbol { Name: "j" or "k" })
            || _scalars.Exact(node) is not { Under.IsOne: true } exact)
            return null;
        var parts = Enumerable.Repeat<Node>(new Number(0), length).ToArray();
        foreach (var (monomial, coefficient) in exact.Over.Terms)
        {
            if (monomial.Powers is not [var (atom, power)] || power != Rational.One || Array.IndexOf(units, atom) is not (>= 0 and var at)
                || at >= length)
                return null;
            parts[at] = new Number(coefficient);
        }

        return [.. parts];
    }
}
