using System.Globalization;
using System.Numerics;

namespace CognitiveTools.Answers.Texts;

/// <summary>Reads numbers in plain text (see <see cref="MathText"/>) and writes them in one canonical form.</summary>
internal static class NumberText
{
    /// <summary>Longest run of digits that is read as a number.</summary>
    public const int LongestRun = 256;

    /// <summary>
    /// Reads the number that begins at an index: sign, digits with thousands groups, decimals, one <c>/</c>.
    /// </summary>
    /// <returns>
    /// Canonical form (no leading zeros, no trailing decimal zeros, fractions reduced, whole values without a point) and
    /// the index after the number; <see langword="null"/> when there is no number.
    /// </returns>
    public static (string Value, int End)? Read(string text, int start)
    {
        if (Decimal(text, start) is not { } first)
            return null;
        var slash = SkipSpaces(text, first.End);
        if (slash < text.Length && text[slash] == '/' && Decimal(text, SkipSpaces(text, slash + 1)) is { } second)
            return Quotient(first.Value, second.Value) is { } value ? (value.ToString(), second.End) : null;
        return first;
    }

    /// <summary>The canonical form of a text that is one number and nothing else.</summary>
    public static string? Whole(string text) =>
        Read(text, 0) is { } number && number.End == text.Length ? number.Value : null;

    /// <summary>Every number that stands by itself in a text (not inside a word), in order.</summary>
    public static IEnumerable<(string Value, int Start, int End)> All(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            if (i > 0 && text[i - 1] == '-' && (i < 2 || !char.IsAsciiLetterOrDigit(text[i - 2])))
                start--;
            var alone = i == 0 || !(char.IsAsciiLetter(text[i - 1]) || text[i - 1] == '_');
            if (Decimal(text, start) is { } number)
            {
                if (alone)
                    yield return (number.Value, start, number.End);
                i = number.End;
            }
            else
            {
                while (i < text.Length && char.IsAsciiDigit(text[i]))
                    i++;
            }
        }
    }

    /// <summary>Whether two canonical numbers have one value: <c>3.5</c> and <c>7/2</c> do.</summary>
    public static bool AreEqual(string first, string second)
    {
        if (string.Equals(first, second, StringComparison.Ordinal))
            return true;
        return Value(first) is { } value && Value(second) == value;
    }

    /// <summary>The value of a canonical number; <see langword="null"/> for any other text.</summary>
    public static Rational? Value(string canonical)
    {
        if (canonical.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0)
            return Quotient(canonical[..slash], canonical[(slash + 1)..]);
        var point = canonical.IndexOf('.', StringComparison.Ordinal);
        return Integer(canonical.Replace(".", "", StringComparison.Ordinal)) is { } digits
            ? Rational.Of(digits, BigInteger.Pow(10, point < 0 ? 0 : canonical.Length - point - 1))
            : null;
    }

    /// <summary>The index of the first character at or after an index that is not a space.</summary>
    public static int SkipSpaces(string text, int at)
    {
        while (at < text.Length && text[at] == ' ')
            at++;
        return at;
    }

    private static (string Value, int End)? Decimal(string text, int start)
    {
        var at = start;
        var negative = false;
        if (at < text.Length && text[at] is '-' or '+')
        {
            negative = text[at] == '-';
            at = SkipSpaces(text, at + 1);
        }

        var digits = Digits(text, ref at);
        if (digits is null)
            return null;
        var fraction = "";
        if (at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
        {
            var from = ++at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
                at++;
            if (at - from > LongestRun)
                return null;
            fraction = text[from..at].TrimEnd('0');
        }
        else if (digits.Length == 0)
        {
            return null;
        }

        var whole = digits.TrimStart('0');
        if (whole.Length == 0)
            whole = "0";
        var value = fraction.Length == 0 ? whole : whole + "." + fraction;
        return (negative && value != "0" ? "-" + value : value, at);
    }

    // Digits with commas (or spaces) between groups of three: 1,234,567. Null when the run is too long.
    private static string? Digits(string text, ref int at)
    {
        var from = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        if (at - from > LongestRun)
            return null;
        var digits = text[from..at];
        if (digits.Length is 0 or > 3 || at >= text.Length)
            return digits;
        var separator = text[at];
        if (separator is not (',' or ' '))
            return digits;
        while (at < text.Length && text[at] == separator && IsGroup(text, at + 1) && digits.Length <= LongestRun)
        {
            digits += text.Substring(at + 1, 3);
            at += 4;
        }

        return digits;
    }

    private static bool IsGroup(string text, int at) =>
        at + 3 <= text.Length
        && char.IsAsciiDigit(text[at]) && char.IsAsciiDigit(text[at + 1]) && char.IsAsciiDigit(text[at + 2])
        && (at + 3 == text.Length || !char.IsAsciiDigit(text[at + 3]));

    private static Rational? Quotient(string numerator, string denominator) =>
        Integer(numerator) is { } over && Integer(denominator) is { IsZero: false } under ? Rational.Of(over, under) : null;

    private static BigInteger? Integer(string digits) =>
        BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
}
