using System.Collections.Immutable;

namespace CognitiveTools.Evals.Expressions;

/// <content>Products, powers and functions.</content>
internal sealed partial class Parser
{
    private Node MultiplyFactors(bool argument = false)
    {
        var factors = ImmutableArray.CreateBuilder<Node>();
        factors.Add(Factor());
        while (true)
        {
            if (!argument && Take("*"))
                factors.Add(SignedFactor());
            else if (!argument && Take("/"))
                factors.Add(new Power(SignedFactor(), new Number(-1)));
            else if (StartsFactor() && !(argument && StartsFunction()))
                factors.Add(Factor());
            else
                return factors.Count == 1 ? factors[0] : new Product(factors.ToImmutable());
        }
    }

    private Node SignedFactor()
    {
        var negative = false;
        while (Current.Is("-") || Current.Is("+"))
            negative ^= _tokens[_at++].Is("-");
        return negative ? Product.Negative(Factor()) : Factor();
    }

    private bool StartsFactor() => Current.Kind switch
    {
        // Neither "2 3" nor "x2" is a product.
        TokenKind.Number => !(_at > 0 && _tokens[_at - 1].Kind is TokenKind.Number or TokenKind.Letter),
        TokenKind.Letter => true,
        TokenKind.Command => Current.Text is "frac" or "sqrt" or "binom" or "pi" or "infinity" or "lfloor" or "lceil" || StartsFunction(),
        TokenKind.Mark => Current.Text is "[" or "{" || (Current.Text == "(" && !StartsModulus()) || (Current.Text == "|" && !_inAbsolute),
        _ => false,
    };

    private bool StartsFunction() => Current.Kind is TokenKind.Command && (Vocabulary.Functions.Contains(Current.Text) || Current.Text == "arccot");

    private Node Factor() => Nested(() =>
    {
        var node = Primary();
        for (var postfixes = 0; ; postfixes++)
        {
            if (postfixes > Work.DeepestNesting)
                throw new WorkLimitException("nesting");
            if (Current.Is("^") && OrdinalOrDegree() is { } unit)
                node = new Quantity(node, unit);
            else if (Take("^"))
                node = new Power(node, Exponent());
            else if (Take("!"))
                node = new Call("!", node);
            else if (Take("%"))
                node = new Quantity(node, "%");
            else if (Current.IsCommand("circ") && _at++ >= 0)
                node = new Quantity(node, "degree");
            else if (Current.Is("'") && node is Symbol primed && _at++ >= 0)
                node = new Symbol(primed.Name + "'");
            else
                return node;
        }
    });

    // "^\circ", "^{\circ}", "^{\text{th}}".
    private string? OrdinalOrDegree()
    {
        var braced = Next.Is("{");
        var at = _at + (braced ? 2 : 1);
        if (at >= _tokens.Count || (braced && (at + 1 >= _tokens.Count || !_tokens[at + 1].Is("}"))))
            return null;
        var unit = _tokens[at].IsCommand("circ") ? "degree"
            : _tokens[at].Kind is TokenKind.Words && Vocabulary.Unit(_tokens[at].Text) is "th" ? "th"
            : null;
        if (unit is not null)
            _at = at + (braced ? 2 : 1);
        return unit;
    }

    private Node Exponent() => Nested(() =>
    {
        var negative = Take("-");
        var exponent = Current.Kind is TokenKind.Number ? Literal() : Primary();
        if (Take("^"))
            exponent = new Power(exponent, Exponent());
        return negative ? Product.Negative(exponent) : exponent;
    });

    // What TeX takes as an argument: a group, a command with its arguments, or one character.
    private Node Argument()
    {
        if (Current.Kind is not TokenKind.Number || Current.Text.Length == 1)
            return Nested(Primary);
        var token = Current;
        _tokens[_at] = token with { Text = token.Text[1..], Spaced = false };
        return char.IsAsciiDigit(token.Text[0]) ? new Number(token.Text[0] - '0') : throw Unexpected();
    }

    private Node Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return MixedNumber();
            case TokenKind.Letter:
                _at++;
                return new Symbol(token.Text + Subscript());
            case TokenKind.Command:
                _at++;
                return Command(token);
            case TokenKind.Mark when token.Text is "(" or "[" or "{" or "set" or "|":
                _at++;
                return token.Is("|") ? Absolute() : Bracket(token.Text);
            default:
                throw Unexpected();
        }
    }

    private Node Command(Token token)
    {
        switch (token.Text)
        {
            case "pi" or "infinity":
                return new Symbol(token.Text);
            case "emptyset" or "varnothing":
                return new Unordered([], Repeats: false);
            case "frac":
                var over = Argument();
                return Product.Quotient(over, Argument());
            case "binom":
                var from = Argument();
                return new Call("binom", new Brackets('(', [from, Argument()], ')'));
            case "sqrt":
                var index = Take("[") ? IndexOfRoot() : new Number(2);
                var radicand = token.Escaped ? Argument() : Nested(Primary);
                return new Power(radicand, new Power(index, new Number(-1)));
            case "langle":
                return Nested(() =>
                {
                    var items = ItemList(out _);
                    return TakeCommand("rangle") ? new Brackets('(', items, ')') : throw Unexpected();
                });
            case "lfloor" or "lceil":
                var inside = Nested(AddTerms);
                var name = token.Text[1..];
                return TakeCommand("r" + name) ? new Call(name, inside) : throw Unexpected();
            case "begin":
                return Nested(Rows);
            default:
                return Vocabulary.Functions.Contains(token.Text) || token.Text == "arccot" ? Function(token.Text) : throw Unexpected();
        }
    }

    private Node IndexOfRoot()
    {
        var index = Nested(AddTerms);
        Need("]");
        return index;
    }

    private Node Function(string name)
    {
        Node? logBase = null;
        Node? power = null;
        if (name is "log" && Take("_"))
            logBase = Argument();
        if (Take("^"))
            power = Exponent();
        if (logBase is null && name is "log" && Take("_"))
            logBase = Argument();
        if (power is Number { Value: var minusOne } && minusOne == -1 && name is "sin" or "cos" or "tan" or "cot")
            (name, power) = ("arc" + name, null);

        var bracketed = Current.Is("(") || Current.Is("{") || Current.Is("[");
        var argument = bracketed ? Nested(Primary) : Nested(() => MultiplyFactors(argument: true));
        Node call = logBase is null ? new Call(name, argument) : Product.Quotient(new Call("ln", argument), new Call("ln", logBase));
        return power is null ? call : new Power(call, power);
    }

    private string Subscript()
    {
        if (!Take("_"))
            return "";
        if (Current.Kind is TokenKind.Number or TokenKind.Letter)
            return "_" + _tokens[_at++].Text;
        Need("{");
        var name = "_";
        while (Current.Kind is TokenKind.Number or TokenKind.Letter or TokenKind.Words)
            name += _tokens[_at++].Text;
        Need("}");
        return name;
    }
}
