using System.Globalization;
using System.Numerics;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <content>Numbers: literals, mixed numbers, repeating decimals, bases.</content>
internal sealed partial class Parser
{
    // "1\frac{4}{5}" and "1 4/5" are sums, everything else side by side is a product.
    private Node MixedNumber()
    {
        var whole = Literal();
        if (whole is not Number { IsDecimal: false } first)
            return whole;
        if (TakeCommand("frac"))
        {
            var (over, under) = (Argument(), Argument());
            if (over is Words above && under is Words below && Units.Read($"{above.Text} / {below.Text}") is { } unit)
                return new Quantity(first, unit); // "48 \tfrac{\text{m}}{\text{s}}"
            return over is Number part && under is Number parts && IsProper(part, parts)
                ? new Number(first.Value + part.Value / parts.Value)
                : new Product([first, Product.Quotient(over, under)]);
        }

        var before = _at;
        if (Current is { Kind: TokenKind.Number, Spaced: true } && Next.Is("/") && Literal() is Number top && Take("/")
            && Current.Kind is TokenKind.Number && Literal() is Number bottom && IsProper(top, bottom))
            return new Number(first.Value + top.Value / bottom.Value);
        _at = before;
        return first;
    }

    private static bool IsProper(Number over, Number under) =>
        over.Value.IsWhole && under.Value.IsWhole && over.Value.Sign > 0 && over.Value < under.Value;

    private Node Literal()
    {
        if (Current.Kind is not TokenKind.Number)
            throw Unexpected();
        var text = _tokens[_at++].Text;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var digits = text.Replace(".", "", StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : text.Length - point - 1;
        var value = Rational.Of(Digits(digits), BigInteger.Pow(10, decimals));
        if (point >= 0 && (Current.IsCommand("overline") || Current.IsCommand("bar") || Current.IsCommand("dot")))
            return new Number(value + Repeating(decimals));
        if (point >= 0 && Current.IsCommand("dots") && Period(text[(point + 1)..]) is { } shown)
        {
            _at++;
            return new Number(shown + value.Floor());
        }

        if (point < 0 && Take("_"))
        {
            var radix = Argument() is Number number ? number.Value.Numerator : 0;
            return radix <= 36 && BasedOn(digits, (int)radix) is { } based ? based : throw Unexpected();
        }

        return point == text.Length - 1 && point >= 0 ? throw Unexpected()
            : new Number(value, point >= 0 ? Rational.Of(1, BigInteger.Pow(10, decimals)) : null);
    }

    // The part of 0.1\overline{36} under the line or between the dots, exactly.
    private Rational Repeating(int decimals)
    {
        var dotted = _tokens[_at++].Text is "dot";
        var period = PeriodDigits();
        if (dotted && (Current.Kind is TokenKind.Number || Current.IsCommand("dot")))
        {
            if (Current.Kind is TokenKind.Number)
                period += _tokens[_at++].Text;
            period += TakeCommand("dot") ? PeriodDigits() : throw Unexpected();
        }

        return Rational.Of(Digits(period), (BigInteger.Pow(10, period.Length) - 1) * BigInteger.Pow(10, decimals));
    }

    private string PeriodDigits()
    {
        var braced = Take("{");
        var token = Current.Kind is TokenKind.Number && !Current.Text.Contains('.', StringComparison.Ordinal) ? Current
            : throw Unexpected();
        if (!braced && token.Text.Length > 1)
        {
            _tokens[_at] = token with { Text = token.Text[1..], Spaced = false }; // "\bar 63" covers one digit
            return token.Text[..1];
        }

        _at++;
        if (braced)
            Need("}");
        return token.Text;
    }

    // The part behind the point of "0.333..." and "0.142857142857...": the shortest period that is shown twice.
    private static Rational? Period(string decimals)
    {
        for (var length = 1; length * 2 <= decimals.Length; length++)
        {
            var repeated = length;
            while (repeated < decimals.Length && decimals[^(repeated + 1)] == decimals[^(repeated + 1 - length)])
                repeated++;
            if (repeated < length * 2)
                continue;
            var lead = decimals[..^repeated];
            var period = decimals.Substring(lead.Length, length);
            return Rational.Of(Digits("0" + lead), BigInteger.Pow(10, lead.Length))
                + Rational.Of(Digits(period), (BigInteger.Pow(10, length) - 1) * BigInteger.Pow(10, lead.Length));
        }

        return null;
    }

    private static BigInteger Digits(string digits) =>
        digits.Length == 0 ? BigInteger.Zero : BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    // "4210_{5}", "1A_{16}", "101_{\text{two}}" and nothing else.
    private static Based? WholeBased(List<Token> tokens)
    {
        var digits = "";
        var bracketed = tokens[0].Is("(");
        var at = bracketed ? 1 : 0;
        while (tokens[at].Kind is TokenKind.Number or TokenKind.Letter)
            digits += tokens[at++].Text;
        if (bracketed && !tokens[at++].Is(")"))
            return null;
        if (digits.Length is 0 or > 256 || !tokens[Math.Min(at, tokens.Count - 1)].Is("_"))
            return null;
        var braced = tokens[++at].Is("{");
        var number = braced ? tokens[++at] : tokens[at];
        var name = Vocabulary.Plain(number.Text);
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var radix))
            radix = NumberWords.Base(name) ?? 0;
        if (radix == 0)
            return null;
        at += 1;
        return (!braced || tokens[at++].Is("}")) && tokens[at].Kind is TokenKind.End ? BasedOn(digits, radix) : null;
    }

    private static Based? BasedOn(string digits, int radix)
    {
        if (radix is < 2 or > 36 || !char.IsAsciiDigit(digits[0]) && radix <= 10)
            return null;
        var value = BigInteger.Zero;
        foreach (var digit in digits.ToUpperInvariant())
        {
            var worth = char.IsAsciiDigit(digit) ? digit - '0' : char.IsAsciiLetter(digit) ? digit - 'A' + 10 : radix;
            if (worth >= radix)
                return null;
            value = value * radix + worth;
        }

        return new Based(value, radix);
    }
}
