using System.Globalization;

namespace CognitiveTools.Chat.Schemas;

/// <summary>Writes a range of whole numbers as grammar rules, digit by digit.</summary>
internal static class WholeNumbers
{
    /// <summary>The largest number that a grammar writes: 16 digits.</summary>
    public const long Largest = 9_999_999_999_999_999;

    /// <param name="rules">Where rules are added.</param>
    /// <param name="min">From.</param>
    /// <param name="max">To, at least <paramref name="min"/>; both at most <see cref="Largest"/> away from 0.</param>
    /// <param name="at">The place in the schema.</param>
    public static string Write(GrammarRules rules, long min, long max, string at)
    {
        var parts = new List<string>();
        if (min < 0)
            parts.Add($"\"-\" {rules.Add(Choice(Magnitudes(rules, Math.Max(1, -Math.Min(-1, max)), -min, at)), at)}");
        if (max >= 0)
            parts.AddRange(Magnitudes(rules, Math.Max(0, min), max, at));
        return rules.Add(Choice(parts), at);
    }

    // One part for each number of digits.
    private static IEnumerable<string> Magnitudes(GrammarRules rules, long from, long to, string at)
    {
        while (from <= to)
        {
            var digits = Text(from);
            var end = Math.Min(to, digits.Length >= 16 ? Largest : Power(digits.Length) - 1);
            yield return SameLength(rules, digits, Text(end), at);
            from = end + 1;
        }
    }

    private static string SameLength(GrammarRules rules, string low, string high, string at)
    {
        if (low == high)
            return GrammarRules.Literal(low);
        var (first, last, rest) = (low[0], high[0], low.Length - 1);
        if (rest == 0)
            return Digit(first, last);
        if (first == last)
            return $"\"{first}\" {SameLength(rules, low[1..], high[1..], at)}";
        var parts = new List<string>();
        if (low[1..].Any(d => d != '0'))
            parts.Add($"\"{first++}\" {SameLength(rules, low[1..], new string('9', rest), at)}");
        var tail = high[1..].Any(d => d != '9') ? $"\"{last--}\" {SameLength(rules, new string('0', rest), high[1..], at)}" : null;
        if (first <= last)
            parts.Add($"{Digit(first, last)} [0-9]{{{rest}}}");
        if (tail is not null)
            parts.Add(tail);
        return rules.Add(Choice(parts), at);
    }

    private static string Digit(char from, char to) => from == to ? $"\"{from}\"" : $"[{from}-{to}]";

    private static string Choice(IEnumerable<string> parts) => string.Join(" | ", parts);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Power(int digits)
    {
        var power = 1L;
        for (var i = 0; i < digits; i++)
            power *= 10;
        return power;
    }
}
