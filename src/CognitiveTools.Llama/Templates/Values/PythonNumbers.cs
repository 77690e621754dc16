using System.Globalization;
using System.Numerics;

namespace CognitiveTools.Llama.Templates.Values;

/// <summary>Python's reading and rounding of numbers.</summary>
internal static class PythonNumbers
{
    public static BigInteger? ParseInteger(string digits) =>
        HasGoodUnderscores(digits) && BigInteger.TryParse(
            digits.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    public static double? ParseFloat(string digits)
    {
        var plain = digits.Replace("_", "", StringComparison.Ordinal);
        return plain.TrimStart('+', '-').ToLowerInvariant() switch
        {
            "inf" or "infinity" => digits[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
            "nan" => double.NaN,
            _ when HasGoodUnderscores(digits) && plain.All(static c => char.IsAsciiDigit(c) || c is '.' or 'e' or 'E' or '+' or '-')
                && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => value,
            _ => null,
        };
    }

    /// <summary>The nearest float, of two the even one; .NET's own conversion cuts the bits that do not fit.</summary>
    /// <exception cref="TemplateException">The integer is too large.</exception>
    public static double ToFloat(BigInteger value) => Nearest(value, 0) is var number && double.IsFinite(number)
        ? number
        : throw new TemplateException("int too large to convert to float");

    /// <summary>Two integers divided: the float that is nearest to the exact quotient.</summary>
    /// <exception cref="TemplateException">The quotient is too large. The divisor is not 0.</exception>
    public static double Divide(BigInteger value, BigInteger divisor)
    {
        var shift = KeptBits + 1 - (int)(value.GetBitLength() - divisor.GetBitLength());
        var (above, below) = shift > 0 ? (BigInteger.Abs(value) << shift, divisor) : (BigInteger.Abs(value), divisor << -shift);
        var quotient = BigInteger.DivRem(above, BigInteger.Abs(below), out var rest);
        var number = Nearest((quotient << 1) + (rest.IsZero ? 0 : 1), -shift - 1);
        return double.IsFinite(number)
            ? value.Sign < 0 != divisor.Sign < 0 ? -number : number
            : throw new TemplateException("integer division result too large for a float");
    }

    // An integer times a power of two. The last of the bits that are kept says whether any bit below it is set, as rounding needs.
    private static double Nearest(BigInteger value, int exponent)
    {
        var size = BigInteger.Abs(value);
        var cut = (int)Math.Max(0, size.GetBitLength() - KeptBits);
        var kept = (long)(size >> cut);
        if (cut > 0 && !(size & ((BigInteger.One << cut) - 1)).IsZero)
            kept |= 1;
        return Math.ScaleB(value.Sign < 0 ? -(double)kept : kept, cut + exponent);
    }

    private const int KeptBits = 62; // fit into a long, and are more than the 53 of a float and two

    /// <summary>Half to even on the exact value, as Python rounds.</summary>
    public static double Round(double number, int precision)
    {
        if (!double.IsFinite(number) || precision > 300)
            return number;
        if (precision < 0)
            return Math.Round(number / Math.Pow(10, -precision), MidpointRounding.ToEven) * Math.Pow(10, -precision);
        return double.Parse(number.ToString($"F{precision}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static bool HasGoodUnderscores(string digits) =>
        !digits.StartsWith('_') && !digits.EndsWith('_') && !digits.Contains("__", StringComparison.Ordinal);
}
