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
