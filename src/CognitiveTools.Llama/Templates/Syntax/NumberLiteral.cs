using System.Globalization;
using System.Numerics;

namespace CognitiveTools.Llama.Templates.Syntax;

/// <summary>Python's number literals.</summary>
internal static class NumberLiteral
{
    public static object Read(string source, int start, out int end)
    {
        if (source[start] == '0' && start + 2 < source.Length && "xXoObB".Contains(source[start + 1], StringComparison.Ordinal))
        {
            var radix = char.ToLowerInvariant(source[start + 1]) switch { 'x' => 16, 'o' => 8, _ => 2 };
            end = start + 2;
            var value = BigInteger.Zero;
            for (; end < source.Length && (source[end] == '_' || Digit(source[end]) < radix); end++)
                value = source[end] == '_' ? value : value * radix + Digit(source[end]);
            return value;
        }

        end = Digits(source, start);
        var isFloat = end + 1 < source.Length && source[end] == '.' && char.IsAsciiDigit(source[end + 1])
            && (start == 0 || source[start - 1] != '.');
        if (isFloat)
            end = Digits(source, end + 1);
        if (end < source.Length && source[end] is 'e' or 'E')
        {
            var exponent = end + 1 < source.Length && source[end + 1] is '+' or '-' ? end + 2 : end + 1;
            if (exponent < source.Length && char.IsAsciiDigit(source[exponent]))
                (isFloat, end) = (true, Digits(source, exponent));
        }

        var text = source[start..end].Replace("_", "", StringComparison.Ordinal);
        return isFloat ? double.Parse(text, CultureInfo.InvariantCulture) : BigInteger.Parse(text, CultureInfo.InvariantCulture);
    }

    private static int Digits(string source, int at)
    {
        while (at < source.Length && (char.IsAsciiDigit(source[at]) || source[at] == '_'))
            at++;
        return at;
    }

    private static int Digit(char character) => char.IsAsciiHexDigit(character) ? Convert.ToInt32($"{character}", 16) : 16;
}
