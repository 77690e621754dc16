using CognitiveTools.Llama.Templates.Builtins;
using CognitiveTools.Llama.Templates.Nodes;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Syntax;

/// <summary>Operands: literals, subscripts, calls, filters and tests.</summary>
internal sealed partial class ExpressionParser
{
    public ArgumentList Arguments()
    {
        var open = tokens.Expect("(");
        var positional = new List<Expression>();
        var named = new List<(string, Expression)>();
        Expression? rest = null, namedRest = null;
        while (!tokens.Current.Is(")"))
        {
            if (positional.Count + named.Count > 0 || rest is not null || namedRest is not null)
            {
                tokens.Expect(",");
                if (tokens.Current.Is(")"))
                    break;
            }

            if (namedRest is not null)
                throw new TemplateException("invalid syntax for function call expression").At(open.Line);
            if (tokens.Skip("*"))
                rest = rest is null ? Expression()
                    : throw new TemplateException("invalid syntax for function call expression").At(open.Line);
            else if (tokens.Skip("**"))
                namedRest = Expression();
            else if (tokens.Current.Kind == TokenKind.Name && tokens.Ahead.Is("="))
                named.Add((Named(), Expression()));
            else if (named.Count == 0 && rest is null)
                positional.Add(Expression());
            else
                throw new TemplateException("invalid syntax for function call expression").At(open.Line);
        }

        tokens.Expect(")");
        return positional.Count + named.Count == 0 && rest is null && namedRest is null
            ? ArgumentList.None
            : new(positional, named, rest, namedRest);

        string Named()
        {
            var name = tokens.Next().Text;
            tokens.Next();
            return name;
        }
    }

    /// <summary>Filters behind a value; without a value those of a block.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isFirstInline">Whether the first filter has no bar before it.</param>
    public Expression? FilterChain(Expression? value, bool isFirstInline = false)
    {
        while (isFirstInline || tokens.Current.Is("|"))
        {
            if (!isFirstInline)
                tokens.Next();
            isFirstInline = false;
            var (name, line) = DottedName("the name of a filter");
            if (!tokens.IsConditional && !Filters.Has(name))
                tokens.Missing.Add(Filters.Missing(name).At(line));
            if (value is Variable variable && name is ("default" or "d"))
                tokens.Uses.Ask(variable.Name);
            value = new FilterCall(value, name, tokens.Current.Is("(") ? Arguments() : ArgumentList.None);
        }

        return value;
    }

    private Expression Postfix(Expression value)
    {
        while (true)
        {
            if (tokens.Skip("."))
                value = AfterDot(value);
            else if (tokens.Skip("["))
                value = Subscript(value);
            else if (IsOperator("("))
                value = new Call(value, Arguments());
            else
                return value;
        }
    }

    private Expression AfterDot(Expression value)
    {
        if (tokens.Current.Kind == TokenKind.Name)
            return new Nodes.Attribute(value, tokens.Next().Text);
        return new Element(value, new Constant(tokens.Expect(TokenKind.Number, "a name or a number").Value));
    }

    private Expression Subscript(Expression value)
    {
        Expression? start = tokens.Current.Is(":") ? null : Expression();
        if (tokens.Skip("]"))
            return new Element(value, start!);
        if (tokens.Current.Is(","))
            throw TemplateException.Unsupported("a subscript with several values").At(tokens.Current.Line);
        tokens.Expect(":");
        Expression? stop = null, step = null;
        if (!tokens.Current.Is(":") && !tokens.Current.Is("]"))
            stop = Expression();
        if (tokens.Skip(":") && !tokens.Current.Is("]"))
            step = Expression();
        tokens.Expect("]");
        return new Part(value, start, stop, step);
    }

    private Expression FiltersAndTests(Expression value)
    {
        while (true)
        {
            if (IsOperator("|"))
                value = FilterChain(value)!;
            else if (tokens.Skip("is"))
                value = Test(value);
            else if (IsOperator("("))
                value = new Call(value, Arguments());
            else
                return value;
        }
    }

    private Expression Test(Expression value)
    {
        var isNegated = tokens.Skip("not");
        var (name, line) = DottedName("the name of a test");
        if (!tokens.IsConditional && !Tests.Has(name))
            tokens.Missing.Add(Tests.Missing(name).At(line));
        if (value is Variable variable && name is ("defined" or "undefined" or "none"))
            tokens.Uses.Ask(variable.Name);
        var arguments = ArgumentList.None;
        if (tokens.Current.Is("("))
        {
            arguments = Arguments();
        }
        else if (tokens.Current.Kind is TokenKind.Name or TokenKind.Text or TokenKind.Number && !IsWord("else", "or", "and")
            || IsOperator("[", "{"))
        {
            if (IsWord("is"))
                throw new TemplateException("You cannot chain multiple tests with is").At(line);
            arguments = new([Postfix(Primary())], [], null, null);
        }

        Expression test = new TestCall(value, name, arguments);
        return isNegated ? new Not(test) : test;
    }

    private bool IsWord(params ReadOnlySpan<string> words) =>
        tokens.Current.Kind == TokenKind.Name && words.Contains(tokens.Current.Text);

    private (string Name, int Line) DottedName(string expected)
    {
        var first = tokens.Expect(TokenKind.Name, expected);
        var name = first.Text;
        while (tokens.Skip("."))
            name += "." + tokens.Expect(TokenKind.Name, expected).Text;
        return (name, first.Line);
    }

    private Variable Name()
    {
        var name = tokens.Next().Text;
        tokens.Mentioned.Add(name);
        if (!_isTarget)
            tokens.Uses.Read(name);
        return new(name);
    }

    private Expression Primary()
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Name when token.Text is "true" or "True" or "false" or "False":
                return new Constant(tokens.Next().Text is "true" or "True");
            case TokenKind.Name when token.Text is "none" or "None":
                tokens.Next();
                return new Constant(null);
            case TokenKind.Name:
                return Name();
            case TokenKind.Text:
                var text = tokens.Next().Text;
                while (tokens.Current.Kind == TokenKind.Text)
                    text += tokens.Next().Text;
                return new Constant(TemplateText.Own(text));
            case TokenKind.Number:
                return new Constant(tokens.Next().Value);
        }

        if (tokens.Skip("("))
        {
            var tuple = Tuple(mayBeEmpty: true);
            tokens.Expect(")");
            return tuple;
        }

        if (tokens.Skip("["))
            return new Sequence(SequenceKind.List, Items("]", () => Expression()));
        if (tokens.Skip("{"))
            return new Dictionary(Items("}", Entry));
        throw token.Unexpected("an expression");
    }

    private (Expression, Expression) Entry()
    {
        var key = Expression();
        tokens.Expect(":");
        return (key, Expression());
    }

    private List<T> Items<T>(string close, Func<T> parse)
    {
        var items = new List<T>();
        while (!tokens.Current.Is(close))
        {
            if (items.Count > 0)
                tokens.Expect(",");
            if (tokens.Current.Is(close))
                break;
            items.Add(parse());
        }

        tokens.Expect(close);
        return items;
    }
}
