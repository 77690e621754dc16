using System.Globalization;
using System.Numerics;

namespace CognitiveTools.Evals.Expressions;

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
        if (point >= 0 && TakeCommand("overline"))
            return new Number(value + Repeating(decimals));
        if (point < 0 && Take("_"))
        {
            var radix = Argument() is Number number ? number.Value.Numerator : 0;
            return radix <= 36 && BasedOn(digits, (int)radix) is { } based ? based : throw Unexpected();
        }

        return point == text.Length - 1 && point >= 0 ? throw Unexpected() : new Number(value, IsDecimal: point >= 0);
    }

    // The part of 0.1\overline{36} under the line, exactly.
    private Rational Repeating(int decimals)
    {
        Need("{");
        var period = Current.Kind is TokenKind.Number && !Current.Text.Contains('.', StringComparison.Ordinal) ? _tokens[_at++].Text : throw Unexpected();
        Need("}");
        return Rational.Of(Digits(period), (BigInteger.Pow(10, period.Length) - 1) * BigInteger.Pow(10, decimals));
    }

    private static BigInteger Digits(string digits)
    {
        var value = BigInteger.Zero;
        foreach (var digit in digits)
            value = value * 10 + (digit - '0');
        return value;
    }

    // "4210_{5}", "1A_{16}", "101_{\text{two}}" and nothing else.
    private static Based? WholeBased(List<Token> tokens)
    {
        var digits = "";
        var at = 0;
        while (tokens[at].Kind is TokenKind.Number or TokenKind.Letter)
            digits += tokens[at++].Text;
        if (digits.Length is 0 or > 256 || !tokens[at].Is("_"))
            return null;
        var braced = tokens[++at].Is("{");
        var number = braced ? tokens[++at] : tokens[at];
        var name = Vocabulary.Plain(number.Text);
        if (!Vocabulary.NumberWords.TryGetValue(name, out var radix)
            && !int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out radix))
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
