using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <summary>Reads units. Words count as a unit only when they are one, or a noun for things that are counted.</summary>
internal static class Units
{
    private const int MostNouns = 3;

    private static readonly FrozenDictionary<string, (string Base, Rational Scale)> Known = WordLists.Rows("units/units")
        .SelectMany(row => row[2..].Select(name => (Name: name, Unit: (row[0], ScaleOf(row[1])))))
        .ToFrozenDictionary(r => r.Name, r => r.Unit, StringComparer.Ordinal);

    // What amounts of several units are given of.
    private static readonly string[] Compounds = ["m", "g", "lb", "s", "month", "l", "dollar"];

    // Words that say how things are counted, not what they are.
    private static readonly FrozenSet<string> Fillers = WordLists.Set("units/fillers");

    // Symbols whose case matters, by names that have no case.
    private static readonly FrozenDictionary<string, string> Cased = WordLists.Map("units/cased");

    /// <summary>The unit that words name.</summary>
    /// <returns>The unit, with an empty base when the words only say "units"; <see langword="null"/> when they name no unit.</returns>
    public static Unit? Read(string words)
    {
        var parts = Vocabulary.Plain(Spaced(words)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (string.Join(' ', parts) is "per cent" or "pct" or "percent" or "percentage point" or "percentage points" or "%")
            return Unit.Percent;
        if (words.Replace(".", "", StringComparison.Ordinal).Trim().ToLowerInvariant() is "am" or "pm")
            return new Unit(words.TrimStart()[..1].ToLowerInvariant() + "m", Rational.One);
        if (parts is [.. var counted, "in", "all" or "total"])
            parts = counted;
        if (parts is ["mph"])
            parts = ["mi", "/", "hr"];
        if (parts is ["kph" or "kmh"])
            parts = ["km", "/", "hr"];
        var powers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var scale = Rational.One;
        var (sign, power, nouns, last) = (1, 1, 0, default((string Base, Rational Scale)));
        foreach (var part in parts)
        {
            if (part is "per" or "/")
            {
                sign = -1;
            }
            else if (part is "*" or "-")
            {
                continue;
            }
            else if (part is "square" or "sq" or "cubic" or "cu")
            {
                power = part[0] == 's' ? 2 : 3;
            }
            else if (part[0] == '^' || part is "squared" or "cubed")
            {
                var exponent = ExponentOf(part);
                if (last.Base is null && part[0] == '^' && powers.Count == 0)
                    continue; // "units^2"
                if (exponent == 0 || last.Base is null || last.Base is "th" || (part[0] != '^' && !IsLength(last.Base)))
                    return null;
                Raise(last, sign * (exponent - 1));
            }
            else if (Known.TryGetValue(Name(part), out var known))
            {
                last = known;
                Raise(known, sign * power);
                power = 1;
            }
            else if (Fillers.Contains(Name(part)))
            {
                power = 1;
            }
            else if (Vocabulary.IsNoun(part) && ++nouns <= MostNouns)
            {
                last = (Name(part), 1);
                Raise(last, sign * power);
                power = 1;
            }
            else
            {
                return null;
            }
        }

        return new Unit(string.Join('*', powers.Where(p => p.Value != 0).Select(p => p.Value == 1 ? p.Key : $"{p.Key}^{p.Value}")), scale);

        void Raise((string Base, Rational Scale) unit, int by)
        {
            powers[unit.Base] = powers.GetValueOrDefault(unit.Base) + by;
            scale *= unit.Scale.Power(by);
        }
    }

    /// <summary>The number and the unit of a product of a number and letters that are units: <c>48 m/s</c>.</summary>
    public static (Number Value, Unit Unit)? OfProduct(Product product)
    {
        if (product.Factors[0] is not Number value || product.Factors.Length < 2)
            return null;
        var words = "";
        foreach (var factor in product.Factors.Skip(1))
        {
            var (name, power) = factor switch
            {
                Symbol symbol => (symbol.Name, Rational.One),
                Power { Base: Symbol symbol, Exponent: Number { Value: var exponent } } => (symbol.Name, exponent),
                _ => ("", Rational.Zero),
            };
            if (!Known.ContainsKey(name) || !power.IsWhole)
                return null;
            words += $" {name}^{power}";
        }

        return Read(words) is { } unit ? (value, unit) : null;
    }

    /// <summary>The number and the unit of one amount of a known unit: <c>5 ft</c>, <c>30 min</c>.</summary>
    public static (Rational Value, Unit Unit)? Measure(Node node) => node switch
    {
        Quantity { Value: Number { Value: { Sign: >= 0 } value }, Unit: var unit } when Compounds.Contains(unit.Base) => (value, unit),
        Product product when OfProduct(product) is ({ Value: { Sign: >= 0 } value }, var unit) && Compounds.Contains(unit.Base) =>
            (value, unit),
        _ => null,
    };

    // 0 if units have no such exponent.
    private static int ExponentOf(string part) => part switch
    {
        "squared" => 2,
        "cubed" => 3,
        _ => int.TryParse(part.AsSpan(1), out var written) && Math.Abs(written) <= 6 ? written : 0,
    };

    private static bool IsLength(string name) => name is "m";

    private static string Spaced(string words) => string.Join(' ', Apart(words).Split(' ').Select(w => Cased.GetValueOrDefault(w, w)));

    private static string Apart(string words) => words.Replace("^", " ^", StringComparison.Ordinal)
        .Replace("/", " / ", StringComparison.Ordinal).Replace("*", " * ", StringComparison.Ordinal)
            .Replace("-", " - ", StringComparison.Ordinal).Replace("^ - ", "^-", StringComparison.Ordinal);

    private static string Name(string word) => Known.ContainsKey(word) ? word : Vocabulary.Singular(word);

    // "3600" or "127/5000".
    private static Rational ScaleOf(string text) => text.Split('/') is [var over, var under]
        ? Rational.Of(BigInteger.Parse(over, CultureInfo.InvariantCulture), BigInteger.Parse(under, CultureInfo.InvariantCulture))
        : BigInteger.Parse(text, CultureInfo.InvariantCulture);
}
