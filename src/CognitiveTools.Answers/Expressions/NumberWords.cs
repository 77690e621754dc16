using System.Collections.Frozen;

namespace CognitiveTools.Answers.Expressions;

/// <summary>Numbers by name: <c>forty-seven</c>, <c>three hundred and eighteen</c>, <c>one half</c>, <c>2 thirds</c>, <c>5
/// million</c>.</summary>
internal static class NumberWords
{
    /// <summary>Words behind a number that multiply it.</summary>
    public static readonly FrozenDictionary<string, int> Scales = Pairs(
        "hundred 100, thousand 1000, million 1000000, billion 1000000000, dozen 12, pair 2, couple 2, hundreds 100, thousands 1000, " +
        "millions 1000000, billions 1000000000, dozens 12, pairs 2, couples 2");

    private static readonly FrozenDictionary<string, int> Small = Pairs(
        "zero 0, one 1, two 2, three 3, four 4, five 5, six 6, seven 7, eight 8, nine 9, ten 10, eleven 11, twelve 12, thirteen 13, " +
        "fourteen 14, fifteen 15, sixteen 16, seventeen 17, eighteen 18, nineteen 19, twenty 20, thirty 30, forty 40, fifty 50, " +
        "sixty 60, seventy 70, eighty 80, ninety 90");

    private static readonly FrozenDictionary<string, int> Parts = Pairs(
        "half 2, halves 2, third 3, thirds 3, quarter 4, quarters 4, fourth 4, fourths 4, fifth 5, fifths 5, sixth 6, sixths 6, " +
        "seventh 7, sevenths 7, eighth 8, eighths 8, ninth 9, ninths 9, tenth 10, tenths 10, hundredth 100, hundredths 100, " +
        "thousandth 1000, thousandths 1000, millionth 1000000, millionths 1000000");

    /// <summary>The digits of a base written as a word.</summary>
    public static int? Base(string word) => Small.TryGetValue(word, out var value) ? value : null;

    /// <summary>Into how many parts a word divides a whole: 3 for <c>third</c> and <c>thirds</c>.</summary>
    public static int? Part(string word) => Parts.TryGetValue(word, out var value) ? value : null;

    /// <summary>Reads the number that words begin with.</summary>
    /// <returns>The number and the words behind it; <see langword="null"/> when they begin with none.</returns>
    public static (Rational Value, string Behind)? Read(string words)
    {
        var parts = words.Replace('-', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        long total = 0, current = 0;
        var at = 0;
        var last = long.MaxValue; // words must get smaller: "forty seven", not "seven forty"
        for (; at < parts.Length; at++)
        {
            if (Small.TryGetValue(parts[at], out var small))
            {
                if (small >= last || (last < 20 && last > 0 && at > 0 && parts[at - 1] is not ("hundred" or "and")))
                    break;
                (current, last) = (current + small, small);
            }
            else if (at > 0 && Scales.TryGetValue(parts[at], out var scale) && scale >= 100 && parts[at][^1] != 's')
            {
                if (scale == 100)
                    current = Math.Max(1, current) * 100;
                else
                    (total, current) = (total + (Math.Max(1, current) * scale), 0);
                last = 100;
                if (total > 1_000_000_000_000 || current > 1_000_000_000_000)
                    return null;
            }
            else if (parts[at] is "and" && at > 0 && at + 1 < parts.Length && last == 100 && Small.ContainsKey(parts[at + 1]))
            {
                continue;
            }
            else
            {
                break;
            }
        }

        if (at == 0)
            return null;
        Rational value = new System.Numerics.BigInteger(total + current);
        if (at < parts.Length && Parts.TryGetValue(parts[at], out var part) && !value.IsZero)
            (value, at) = (value / part, at + 1);
        return (value, string.Join(' ', parts[at..]));
    }

    private static FrozenDictionary<string, int> Pairs(string pairs) => pairs.Split(", ").Select(p => p.Split(' '))
        .ToFrozenDictionary(p => p[0], p => int.Parse(p[1], System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
