using System.Collections.Frozen;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <summary>Numbers by name: <c>forty-seven</c>, <c>three hundred and eighteen</c>, <c>one half</c>, <c>2 thirds</c>, <c>5
/// million</c>.</summary>
internal static class NumberWords
{
    /// <summary>Words behind a number that multiply it.</summary>
    public static readonly FrozenDictionary<string, int> Scales = Values("english/number-scales");

    private static readonly FrozenDictionary<string, int> Small = Values("english/number-small");

    private static readonly FrozenDictionary<string, int> Parts = Values("english/number-parts");

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

    private static FrozenDictionary<string, int> Values(string list) => WordLists.Map(list).ToFrozenDictionary(
        word => word.Key, word => int.Parse(word.Value, System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
