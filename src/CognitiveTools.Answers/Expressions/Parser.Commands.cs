namespace CognitiveTools.Answers.Expressions;

/// <content>Commands and functions.</content>
internal sealed partial class Parser
{
    private Node Command(Token token)
    {
        switch (token.Text)
        {
            case "pi" or "infinity":
                return new Symbol(token.Text);
            case "dots":
                return new Symbol(Symbol.Dots);
            case "emptyset":
                return new Unordered([], Repeats: false);
            case "frac":
                return Fraction();
            case "binom":
                var from = Argument();
                return Call.OfPair("binom", from, Argument());
            case "sqrt":
                var index = Take("[") ? IndexOfRoot() : new Number(2);
                var radicand = token.Escaped ? Argument() : Nested(Primary);
                return new Power(radicand, Power.Inverse(index));
            case "cbrt":
                return new Power(Nested(Primary), Power.Inverse(new Number(3)));
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
                return Vocabulary.Accents.Contains(token.Text) ? Accented(token.Text)
                    : Vocabulary.Functions.Contains(token.Text) ? Function(token.Text)
                    : Vocabulary.ListFunctions.Contains(token.Text) && Current.Is("(")
                        && Nested(Primary) is Brackets { Open: '(', Close: ')' } list ? new Call(token.Text, list)
                    : throw Unexpected();
        }
    }

    // "\frac{dy}{dx}" is a name, not a quotient that could be reduced.
    private Node Fraction()
    {
        var start = _at;
        var over = Argument();
        var under = Argument();
        if (under is not Product { Factors: [Symbol { Name: "d" }, Symbol or Power] } || !BeginsWithDifferential(over))
            return Product.Quotient(over, under);
        return new Symbol("d/d" + string.Concat(_tokens[start.._at].Where(t => !t.Is("{") && !t.Is("}")).Select(t => t.Text)));
    }

    private static bool BeginsWithDifferential(Node node) => node switch
    {
        Symbol symbol => symbol.Name is "d",
        Power power => BeginsWithDifferential(power.Base),
        Product product => BeginsWithDifferential(product.Factors[0]),
        _ => false,
    };

    // "\vec{v}", "\overline{AB}" and "\hat{\imath}" are names, "\overline{2+i}" is a conjugate.
    private Node Accented(string accent)
    {
        if (accent is "overset" or "stackrel")
            _ = Argument();
        var inside = Argument();
        if (inside is Symbol { Name: "i" or "j" or "k" } unit)
            return unit;
        return accent is "overline" or "bar" && inside.Any(n => n is Symbol { Name: "i" }) && inside is not Symbol
            ? new Call("conj", inside)
            : inside is Symbol symbol ? new Symbol(symbol.Name + "^" + accent)
            : inside is Product { Factors: var factors } && factors.All(f => f is Symbol)
                ? new Symbol(string.Concat(factors.Select(f => ((Symbol)f).Name)) + "^" + accent)
            : throw Unexpected();
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
}
