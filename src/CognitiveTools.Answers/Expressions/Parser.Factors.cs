using System.Collections.Immutable;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <content>Products and powers.</content>
internal sealed partial class Parser
{
    private Node MultiplyFactors(bool argument = false)
    {
        var factors = ImmutableArray.CreateBuilder<Node>();
        factors.Add(Factor());
        while (true)
        {
            if (!argument && CrossProduct(factors[^1]) is { } cross)
                factors[^1] = cross;
            else if (!argument && Take("*"))
                factors.Add(SignedFactor());
            else if (!argument && Take("/"))
                factors.Add(Power.Inverse(SignedFactor()));
            else if (StartsFactor() && !(argument && StartsFunction()))
                factors.Add(Factor());
            else
                return factors.Count == 1 ? factors[0] : new Product(factors.ToImmutable());
        }
    }

    // "\vec{v} \times \vec{w}" is a vector and not "\vec{w} \times \vec{v}".
    private Symbol? CrossProduct(Node left)
    {
        if (!(Current.Is("*") && Current.Escaped) || left is not Symbol { Name: var first }
            || !(Previous is { Kind: TokenKind.Letter, Escaped: true } || first.Contains('^', StringComparison.Ordinal))
            || !(Next is { Kind: TokenKind.Letter, Escaped: true } || Next.IsCommand("vec") || Next.IsCommand("overrightarrow")))
            return null;
        _at++;
        return Factor() is Symbol { Name: var second } ? new Symbol($"{first}\u00d7{second}") : throw Unexpected();
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
        // Neither "2 3" nor "x2" nor "\sqrt{5}2" is a product; "2^{3}5^{2}", "3!7!" and "3 - i4" are.
        TokenKind.Number => (Previous is { Kind: TokenKind.Letter, Text: "i" }
            && (_at < 2 || _tokens[_at - 2].Is("-") || _tokens[_at - 2].Is("+"))) || (Previous.Is("}") && Next.Is("^"))
            || (Previous.Is("!") && Next.Is("!")),
        TokenKind.Letter => !IsUnionLetter(),
        TokenKind.Command => Current.Text is "frac" or "sqrt" or "binom" or "pi" or "infinity" or "lfloor" or "lceil" or "begin" or "dots"
            || Vocabulary.Accents.Contains(Current.Text) || StartsFunction(),
        TokenKind.Mark => Current.Text is "{" || (Current.Text == "[" && !ClosesInterval()) || (Current.Text == "(" && !StartsModulus())
            || (Current.Text == "|" && !_inAbsolute),
        _ => false,
    };

    // The last bracket of "]a,b[".
    private bool ClosesInterval() => Next.Kind is TokenKind.End or TokenKind.Words || Next.Is(",") || Next.IsCommand("cup")
        || Next.Is(")") || Next.IsCommand("cap");

    private bool StartsFunction() => Current.Kind is TokenKind.Command && (Vocabulary.Functions.Contains(Current.Text)
        || (Vocabulary.ListFunctions.Contains(Current.Text) && Next.Is("(")));

    private Node Factor() => Nested(() =>
    {
        var node = Primary();
        for (var postfixes = 0; ; postfixes++)
        {
            if (postfixes > OperationBudget.DeepestNesting)
                throw new OperationLimitException("nesting");
            if (Current.Is("^") && OrdinalOrDegree(node) is { } measured)
                node = measured;
            else if (node is Symbol { Name: "C" } && Current.Is("^") && Next is { Kind: TokenKind.Number } taken && Ahead(2).Is("_"))
                node = ChoiceAbove(taken);
            else if (node is Symbol { Name: Symbol.Reals } && Current.Is("^") && PositiveMark() is var length and > 0)
                (node, _at) = (CanonicalForm.PositiveReals, _at + length);
            else if (Take("^"))
                node = Raised(node, Exponent());
            else if (Take("!"))
                node = new Call("!", node);
            else if (Take("%"))
                node = new Quantity(node, Unit.Percent);
            else if (Current.IsCommand("circ") && _at++ >= 0)
                node = Degrees(node);
            else if (Current.Is("'") && node is Symbol primed && _at++ >= 0)
                node = new Symbol(primed.Name + "'");
            else if (Current.Is("''") && node is Symbol twice && _at++ >= 0)
                node = new Symbol(twice.Name + "''");
            else if (node is Power { Base: Symbol { Name: "C" }, Exponent: var chosen } && Take("_"))
                node = Call.OfPair("binom", Argument(), chosen); // C^3_{10}
            else
                return node;
        }
    });

    // "C^3_{10}": as one number the 3 would be in base ten.
    private Call ChoiceAbove(Token taken)
    {
        _at += 3;
        return Call.OfPair("binom", Argument(), new Number(Digits(taken.Text)));
    }

    // Tokens of "^+" and "^{+}".
    private int PositiveMark() => Next.Is("+") && Ahead(2).Kind is TokenKind.End ? 2
        : Next.Is("{") && Ahead(2).Is("+") && Ahead(3).Is("}") ? 4
        : 0;

    private static Node Raised(Node node, Node exponent) =>
        exponent is Symbol { Name: "T" } && node is Matrix or Brackets or Transpose ? new Transpose(node) : new Power(node, exponent);

    // "^\circ", "^{\circ}", "^{\text{th}}", "^o" behind a number.
    private Quantity? OrdinalOrDegree(Node node)
    {
        var braced = Next.Is("{");
        var at = _at + (braced ? 2 : 1);
        if (at >= _tokens.Count || (braced && (at + 1 >= _tokens.Count || !_tokens[at + 1].Is("}"))))
            return null;
        var degree = _tokens[at].IsCommand("circ") || (_tokens[at] is { Kind: TokenKind.Letter, Text: "o" } && node is Number);
        var ordinal = _tokens[at].Kind is TokenKind.Words && Units.Read(_tokens[at].Text) is { Base: "th" } unit ? unit : (Unit?)null;
        if (!degree && ordinal is null)
            return null;
        _at = at + (braced ? 2 : 1);
        return degree ? Degrees(node) : new Quantity(node, ordinal!.Value);
    }

    // "22^\circ 30'" goes on in minutes, "25^\circ C" is a temperature.
    private Quantity Degrees(Node value)
    {
        if (Current is { Kind: TokenKind.Letter, Text: "C" or "F" } && Next.Kind is TokenKind.End or TokenKind.Words)
            return new Quantity(value, new Unit("degree " + _tokens[_at++].Text, Rational.One));
        var sixtieth = Rational.Of(1, 60);
        foreach (var mark in (ReadOnlySpan<string>)["'", "''"])
        {
            if (Current.Kind is not TokenKind.Number || !Next.Is(mark) || Literal() is not Number part)
                continue;
            _at++;
            value = new Sum([value, new Number(part.Value * (mark == "'" ? sixtieth : sixtieth * sixtieth))]);
        }

        return new Quantity(value, Unit.Degree);
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
                return Chosen() ?? MixedNumber();
            case TokenKind.Letter:
                _at++;
                return new Symbol(token.Text + Subscript());
            case TokenKind.Command:
                _at++;
                return Command(token);
            case TokenKind.Mark when token.Text is "(" or "[" or "{" or "set" or "|" or "]":
                _at++;
                return token.Is("|") ? Absolute() : Bracket(token.Text);
            case TokenKind.Mark when token.Text is "^" or "_":
                return Prefixed();
            default:
                throw Unexpected();
        }
    }

    // "10C3", "10P3".
    private Call? Chosen()
    {
        if (Next is not { Kind: TokenKind.Letter, Text: "C" or "P" } || Ahead(2).Kind is not TokenKind.Number
            || (Current.Text + Ahead(2).Text).Contains('.', StringComparison.Ordinal))
            return null;
        var name = Next.Text is "C" ? "binom" : "perm";
        Node from = new Number(Digits(Current.Text)), taken = new Number(Digits(Ahead(2).Text));
        _at += 3;
        return Call.OfPair(name, from, taken);
    }

    // "^3/_7" is a fraction, "_{10}C_3" and "^{10}C_3" are choices.
    private Node Prefixed() => Nested(() =>
    {
        var raised = Take("^");
        if (!raised)
            Need("_");
        var first = Argument();
        if (raised && Current.Is("/") && Next.Is("_"))
        {
            _at += 2;
            return Product.Quotient(first, Argument());
        }

        if (Current is not { Kind: TokenKind.Letter, Text: "C" or "P" } || !Next.Is("_"))
            throw Unexpected();
        var name = Current.Text is "C" ? "binom" : "perm";
        _at += 2;
        return (Node)Call.OfPair(name, first, Argument());
    });

    private string Subscript()
    {
        if (!Take("_"))
            return "";
        if (Current.Kind is TokenKind.Number or TokenKind.Letter)
            return "_" + _tokens[_at++].Text;
        Need("{");
        var name = "_";
        while (Current.Kind is TokenKind.Number or TokenKind.Letter or TokenKind.Words || Current.Is("+") || Current.Is("-")
            || Current.Is(","))
            name += _tokens[_at++].Text;
        Need("}");
        return name;
    }
}
