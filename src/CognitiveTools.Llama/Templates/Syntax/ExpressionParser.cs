using CognitiveTools.Llama.Templates.Nodes;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Syntax;

/// <summary>Parses expressions, with Jinja's precedence.</summary>
internal sealed partial class ExpressionParser(TokenReader tokens)
{
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];

    private bool _isTarget;

    public Expression Expression(bool withChoice = true)
    {
        tokens.Enter();
        var expression = withChoice ? Choice() : Or();
        tokens.Leave();
        return expression;
    }

    /// <summary>One expression, or several with commas as a tuple.</summary>
    /// <param name="parse">Parses one of them.</param>
    /// <param name="mayBeEmpty">Whether nothing is an empty tuple.</param>
    /// <param name="end">A name that ends the tuple, beside the end of the tag and of the bracket.</param>
    public Expression Tuple(Func<Expression>? parse = null, bool mayBeEmpty = false, string? end = null)
    {
        var items = new List<Expression>();
        var isTuple = false;
        while (true)
        {
            if (items.Count > 0)
                tokens.Expect(",");
            if (IsTupleEnd(end))
                break;
            items.Add(parse is null ? Expression() : parse());
            if (!tokens.Current.Is(","))
                break;
            isTuple = true;
        }

        if (isTuple)
            return new Sequence(SequenceKind.Tuple, items);
        return items.Count > 0 ? items[0]
            : mayBeEmpty ? new Sequence(SequenceKind.Tuple, items)
            : throw tokens.Current.Unexpected("an expression");
    }

    /// <summary>What can be assigned to.</summary>
    /// <param name="end">A name that ends a tuple of targets.</param>
    /// <param name="withNamespace">Whether an attribute can be set.</param>
    public Expression Target(string? end = null, bool withNamespace = false)
    {
        var line = tokens.Current.Line;
        _isTarget = true;
        var target = Tuple(() => OneTarget(withNamespace), end: end);
        _isTarget = false;
        return IsTarget(target) ? target : throw new TemplateException("cannot assign to this expression").At(line);

        static bool IsTarget(Expression target) => target is Variable or Nodes.Attribute
            || target is Sequence { Kind: SequenceKind.Tuple } tuple && tuple.Items.All(IsTarget);
    }

    /// <summary>The variables that an assignment to a target sets.</summary>
    public static IEnumerable<string> NamesOf(Expression target) => target switch
    {
        Variable variable => [variable.Name],
        Sequence tuple => tuple.Items.SelectMany(NamesOf),
        _ => [],
    };

    private bool IsTupleEnd(string? end) =>
        tokens.Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd || tokens.Current.Is(")")
        || end is not null && tokens.Current.Kind == TokenKind.Name && tokens.Current.Text == end;

    private Expression OneTarget(bool withNamespace)
    {
        if (!withNamespace || tokens.Current.Kind != TokenKind.Name || !tokens.Ahead.Is("."))
            return Primary();
        var space = Name();
        tokens.Next();
        return new Nodes.Attribute(space, tokens.Expect(TokenKind.Name, "the name of an attribute").Text);
    }

    private Expression Choice()
    {
        var missing = tokens.Missing.Count;
        var expression = Or();
        while (tokens.Skip("if"))
        {
            tokens.Missing.RemoveRange(missing, tokens.Missing.Count - missing);
            var outside = tokens.IsConditional;
            tokens.IsConditional = true;
            var condition = Or();
            var otherwise = tokens.Skip("else") ? Expression() : null;
            tokens.IsConditional = outside;
            expression = new Choice(condition, expression, otherwise);
        }

        return expression;
    }

    private Expression Or()
    {
        var left = And();
        while (tokens.Skip("or"))
            left = new Either(left, And());
        return left;
    }

    private Expression And()
    {
        var left = Not();
        while (tokens.Skip("and"))
            left = new Both(left, Not());
        return left;
    }

    private Expression Not()
    {
        if (!tokens.Skip("not"))
            return Compare();
        tokens.Enter();
        var value = Not();
        tokens.Leave();
        return new Not(value);
    }

    private Expression Compare()
    {
        var first = Sum();
        var others = new List<(string, Expression)>();
        while (true)
        {
            if (tokens.Current.Kind == TokenKind.Operator && Comparisons.Contains(tokens.Current.Text))
                others.Add((tokens.Next().Text, Sum()));
            else if (tokens.Skip("in"))
                others.Add(("in", Sum()));
            else if (tokens.Current.Is("not") && tokens.Ahead.Is("in") && tokens.Skip("not") && tokens.Skip("in"))
                others.Add(("not in", Sum()));
            else
                return others.Count == 0 ? first : new Nodes.Comparison(first, others);
        }
    }

    private Expression Sum()
    {
        var left = Concatenation();
        while (IsOperator("+", "-"))
            left = new Operation(tokens.Next().Text, left, Concatenation());
        return left;
    }

    private Expression Concatenation()
    {
        var first = Product();
        if (!tokens.Current.Is("~"))
            return first;
        var items = new List<Expression> { first };
        while (tokens.Skip("~"))
            items.Add(Product());
        return new Concatenation(items);
    }

    private Expression Product()
    {
        var left = Power();
        while (IsOperator("*", "/", "//", "%"))
            left = new Operation(tokens.Next().Text, left, Power());
        return left;
    }

    private Expression Power()
    {
        var left = Unary();
        while (IsOperator("**"))
            left = new Operation(tokens.Next().Text, left, Unary());
        return left;
    }

    private bool IsOperator(params ReadOnlySpan<string> symbols) =>
        tokens.Current.Kind == TokenKind.Operator && symbols.Contains(tokens.Current.Text);

    private Expression Unary(bool withFilter = true)
    {
        Expression value;
        if (IsOperator("-", "+"))
        {
            tokens.Enter();
            value = new Signed(tokens.Next().Text, Unary(withFilter: false));
            tokens.Leave();
        }
        else
        {
            value = Primary();
        }

        value = Postfix(value);
        return withFilter ? FiltersAndTests(value) : value;
    }
}
