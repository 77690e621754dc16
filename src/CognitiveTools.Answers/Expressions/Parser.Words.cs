using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <content>Words: labels, units, currencies, numbers by name, times of day.</content>
internal sealed partial class Parser
{
    private Node WithUnit()
    {
        if (Current.Kind is TokenKind.Words && Vocabulary.Plain(Current.Text) is "approximately" or "about" or "exactly" or "roughly"
            && Next.Kind is not TokenKind.End)
            _at++;
        if (Current.Kind is TokenKind.Words && Vocabulary.Plain(Current.Text) is "minus" or "negative" && Next.Kind is TokenKind.Number)
        {
            _at++;
            return Product.Negative(WithUnit());
        }

        if (Currency() is { } money)
            return money;
        if (Current.Kind is TokenKind.Words && !IsSeparatorWord())
            return OfWords(Vocabulary.Plain(UnitWords()));
        var negative = Current.Is("-") && Next.Is("$");
        if (negative)
            _at++;
        var dollar = Take("$");
        var sum = AddTerms();
        if (TakeCommand("over"))
            sum = Product.Quotient(sum, AddTerms());
        else if (TakeCommand("choose") || (Current is { Kind: TokenKind.Words, Text: "choose" } && _at++ >= 0))
            sum = Call.OfPair("binom", sum, AddTerms());
        if (negative)
            sum = Product.Negative(sum);
        if (dollar)
            return new Quantity(Scaled(sum), Unit.Dollar);
        if (StartsModulus())
            return new Quantity(sum, Modulus());
        return Current.Kind is TokenKind.Words && !IsSeparatorWord() ? Measured(sum) : sum;
    }

    // "1 h 30 min", "5 feet 6 inches", "2 hours and 5 minutes": one quantity in units that get smaller.
    private Node Compound(Node first)
    {
        var whole = Units.Measure(first);
        var last = whole;
        while (whole is { } sum && last is { } before)
        {
            var start = _at;
            if (Current is { Kind: TokenKind.Words, Text: "and" } && sum.Unit.Base is "s")
                _at++;
            last = Current.Kind is TokenKind.Number && Units.Measure(WithUnit()) is { } part && part.Unit.Base == sum.Unit.Base
                && part.Unit.Scale < before.Unit.Scale && part.Value * part.Unit.Scale < before.Unit.Scale ? part : null;
            if (last is { } added)
                whole = (sum.Value + (added.Value * added.Unit.Scale / sum.Unit.Scale), sum.Unit);
            else
                _at = start;
        }

        return whole is var (value, unit) && value != Units.Measure(first)?.Value ? new Quantity(new Number(value), unit) : first;
    }

    // "£7.50", "USD 7.50".
    private Quantity? Currency()
    {
        if (Current.Kind is not TokenKind.Words || Next.Kind is not TokenKind.Number
            || Units.Read(Current.Text) is not { Base: "euro" or "sterling" or "yen" or "rupee" or "dollar" } unit)
            return null;
        _at++;
        return new Quantity(Scaled(AddTerms()), unit);
    }

    // "5 million", "$2 million".
    private Node Scaled(Node value)
    {
        while (Current.Kind is TokenKind.Words && NumberWords.Scales.TryGetValue(Vocabulary.Plain(Current.Text), out var scale))
        {
            _at++;
            value = Times(value, scale);
        }

        return value;
    }

    private static Node Times(Node value, Rational scale) => value is Number number
        ? new Number(number.Value * scale, number.Digit is { } digit ? digit * scale : null)
        : new Product([new Number(scale), value]);

    // A value and the words behind it: scales, parts, a unit.
    private Node Measured(Node value)
    {
        if (Current.Text is "to" && value is Number && Next.Kind is TokenKind.Number)
            return value;
        var words = UnitWords().Trim();
        while (words.Length > 0)
        {
            var space = words.IndexOf(' ', StringComparison.Ordinal);
            var first = Vocabulary.Plain(space < 0 ? words : words[..space]);
            if (NumberWords.Scales.TryGetValue(first, out var scale))
                value = Times(value, scale);
            else if (value is Number { Value: var count } && count.IsWhole
                && NumberWords.Read("one " + first) is ({ IsWhole: false } part, "")
                    && (count == 1 || first[^1] is 's' || first is "halves"))
                value = Times(value, part);
            else
                break;
            words = space < 0 ? "" : words[(space + 1)..].TrimStart();
            if (words.StartsWith("of ", StringComparison.Ordinal))
                words = words[3..];
        }

        return OfUnit(value, words);
    }

    private Node OfUnit(Node value, string words)
    {
        if (Vocabulary.Plain(words).Length == 0)
            return value;
        if (Units.Read(words) is not { } unit)
            throw Unexpected();
        return unit.Base.Length == 0 ? value : new Quantity(value, unit);
    }

    private Node OfWords(string plain)
    {
        if (plain is "infinity" or "positive infinity")
            return new Symbol("infinity");
        if (NumberWords.Scales.TryGetValue(plain, out var scale) && plain[^1] != 's')
            return new Number(scale);
        if (plain is "negative infinity" or "minus infinity")
            return Product.Negative(new Symbol("infinity"));
        if (plain is "half" or "quarter")
            return new Number(Rational.Of(1, plain is "half" ? 2 : 4));
        if (plain.StartsWith("minus ", StringComparison.Ordinal) || plain.StartsWith("negative ", StringComparison.Ordinal))
        {
            if (NumberWords.Read(plain[(plain.IndexOf(' ', StringComparison.Ordinal) + 1)..]) is ({ } size, ""))
                return new Number(-size);
        }

        if (plain.EndsWith(" except", StringComparison.Ordinal) && Vocabulary.Meaning(plain[..^7]) is "all reals")
            return new SetPair(new Symbol(Symbol.Reals), Minus: true, new Unordered(ItemList(out _), Repeats: false));
        if (NumberWords.Read(plain) is not ({ } value, { } rest))
            return new Words(plain);
        return rest.Length == 0 ? new Number(value) : Units.Read(rest) is { } unit ? unit.Base.Length == 0 ? new Number(value)
            : new Quantity(new Number(value), unit) : new Words(plain);
    }

    private bool IsSeparatorWord() => Vocabulary.Plain(Current.Text) is "or" or "and" or "and or";

    // "\text{Perimeter: } 47", "\text{the answer is } 47": words that only announce what follows.
    private void DropLabel()
    {
        var at = _at;
        while (_tokens[at].Kind is TokenKind.Words)
            at++;
        if (at == _at || _tokens[at].Kind is TokenKind.End)
            return;
        if (_tokens[at].Is(":") && at + 1 < _tokens.Count - 1)
            _at = at + 1;
        else if (_tokens[at].Is("(") && Vocabulary.IsTitle(_tokens[at - 1].Text))
            _at = at; // "the point (2,3)"
        else if (Vocabulary.Plain(_tokens[at - 1].Text) is var last
            && (last is "is" or "are" || last.EndsWith(" is", StringComparison.Ordinal)
                || last.EndsWith(" are", StringComparison.Ordinal)) && !IsRelation(_tokens[at]))
            _at = at;
    }

    // "(mod 7)", "\pmod{7}", "\mod 7" behind a residue.
    private bool StartsModulus() => Current.IsCommand("pmod") || Current.IsCommand("mod")
        || Current is { Kind: TokenKind.Words, Text: "mod" }
        || (Current.Is("(") && (Next is { Kind: TokenKind.Words, Text: "mod" } || Next.IsCommand("mod")));

    private Unit Modulus()
    {
        var bracket = Take("(");
        var pmod = TakeCommand("pmod");
        if (!pmod)
            _at++;
        var modulus = pmod || Current.Is("{") ? Argument() : Literal();
        if (bracket)
            Need(")");
        return modulus is Number number ? new Unit($"mod {number.Value}", Rational.One) : throw Unexpected();
    }

    // Words up to the next separator, with powers and slashes as units have them: "cm^2", "miles/hour", "N \cdot m".
    private string UnitWords()
    {
        var words = "";
        while (true)
        {
            if (Current.Kind is TokenKind.Words && (!IsSeparatorWord() || JoinsNumber(words)))
                words += " " + _tokens[_at++].Text;
            else if (words.Length > 0 && Current.Is("^") && UnitPower() is { } power)
                words += "^" + power;
            else if (words.Length > 0 && (Current.Is("/") || Current.Is("*")) && Next.Kind is TokenKind.Words)
                words += _tokens[_at++].Text;
            else if (words.Length > 0 && Current.Is("/") && Next is { Kind: TokenKind.Letter, Text: "h" or "s" or "m" or "g" or "l" }
                && Ahead(2).Kind is TokenKind.End)
                (words, _at) = ($"{words}/{Next.Text}", _at + 2); // "48 km/h"
            else
                return words;
        }
    }

    // The "and" of "two hundred and five".
    private bool JoinsNumber(string words) =>
        Current.Text is "and"
            && (words.EndsWith("hundred", StringComparison.OrdinalIgnoreCase)
                || words.EndsWith("thousand", StringComparison.OrdinalIgnoreCase))
        && Next.Kind is TokenKind.Words && NumberWords.Read(Vocabulary.Plain(Next.Text)) is not null;

    private string? UnitPower()
    {
        var at = _at + 1;
        var braced = _tokens[at].Is("{");
        if (braced)
            at++;
        var sign = at < _tokens.Count && _tokens[at].Is("-") ? "-" : "";
        if (sign.Length > 0)
            at++;
        if (at >= _tokens.Count || _tokens[at] is not { Kind: TokenKind.Number, Text: "1" or "2" or "3" }
            || (braced && !_tokens[at + 1].Is("}")))
            return null;
        _at = at + (braced ? 2 : 1);
        return sign + _tokens[at].Text;
    }

    private static Clock? TimeOfDay(IReadOnlyList<Node> parts) =>
        parts is [Number { Value: var hour, IsDecimal: false },
            Quantity { Value: Number { Value: var minute, IsDecimal: false }, Unit.Base: "am" or "pm" } half]
        && !(hour > 24) && !(minute > 59)
            ? new Clock(hour, minute, half.Unit.Base)
            : null;
}
