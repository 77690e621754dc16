using System.Collections.Frozen;

namespace CognitiveTools.Answers.Expressions;

/// <summary>Reads units. Words count as a unit only when they are one, or a noun for things that are counted.</summary>
internal static class Units
{
    private const int MostNouns = 3;

    private static readonly FrozenDictionary<string, (string Base, Rational Scale)> Known = Table(
        ("m", 1, 1, "m meter metre"), ("m", 1, 1000, "mm millimeter millimetre"), ("m", 1, 100, "cm cms centimeter centimetre"),
        ("m", 1, 10, "dm decimeter decimetre"), ("m", 1000, 1, "km kilometer kilometre kms"), ("m", 127, 5000, "in inch inche"),
        ("m", 381, 1250, "ft foot feet"), ("m", 1143, 1250, "yd yard yds"), ("m", 201168, 125, "mi mile"),
        ("g", 1, 1, "g gram gm"), ("g", 1, 1000, "mg milligram"), ("g", 1000, 1, "kg kilogram kgs"), ("lb", 1, 1, "lb pound lbs"),
            ("lb", 1, 16, "oz ounce"),
        ("s", 1, 1, "s sec second secs"), ("s", 1, 1000, "ms millisecond"), ("s", 60, 1, "min minute mins"),
            ("s", 3600, 1, "hr h hour hrs"),
        ("s", 86400, 1, "day"), ("s", 604800, 1, "week wk"), ("month", 1, 1, "month"), ("month", 12, 1, "year yr yrs"),
        ("l", 1, 1, "l liter litre"), ("l", 1, 1000, "ml milliliter millilitre"), ("dollar", 1, 1, "dollar usd buck"),
            ("dollar", 1, 100, "cent"),
        ("euro", 1, 1, "euro eur €"), ("pound sterling", 1, 1, "gbp £ quid"), ("yen", 1, 1, "yen jpy ¥"), ("rupee", 1, 1, "rupee inr rs ₹"),
        ("degree", 1, 1, "deg degree"), ("th", 1, 1, "st nd rd th"), ("n", 1, 1, "n newton"), ("j", 1, 1, "j joule"),
            ("j", 1000, 1, "kj kilojoule"),
        ("w", 1, 1, "w watt"), ("w", 1000, 1, "kw kilowatt"), ("pa", 1, 1, "pa pascal"), ("v", 1, 1, "v volt"), ("ohm", 1, 1, "ohm"),
            ("hz", 1, 1, "hz hertz"), ("g", 1000000, 1, "megagram"), ("m", 1000000, 1, "megameter megametre"),
        ("s", 1000000, 1, "megasecond"), ("w", 1000000, 1, "megawatt"), ("w", 1, 1000, "milliwatt"), ("j", 1000000, 1, "megajoule"),
        ("j", 1, 1000, "millijoule"), ("hz", 1000000, 1, "megahertz"), ("hz", 1, 1000, "millihertz"), ("pa", 1000000, 1, "megapascal"),
        ("pa", 1, 1000, "millipascal"), ("v", 1000000, 1, "megavolt"), ("v", 1, 1000, "millivolt"), ("n", 1000000, 1, "meganewton"),
        ("n", 1, 1000, "millinewton"), ("l", 1000000, 1, "megaliter megalitre"), ("molar", 1, 1, "molar"), ("siemens", 1, 1, "siemens"),
        ("gauss", 1, 1, "gauss"), ("henry", 1, 1, "henry"),
        ("mol", 1, 1, "mol mole"), ("rad", 1, 1, "rad radian"), ("rpm", 1, 1, "rpm"), ("sq", 1, 1, "sq"),
            ("person", 1, 1, "person people"));

    // What amounts of several units are given of.
    private static readonly string[] Compounds = ["m", "g", "lb", "s", "month", "l", "dollar"];

    // Words that say how things are counted, not what they are.
    private static readonly FrozenSet<string> Fillers = Vocabulary.Set(
        "different distinct possible total whole full square cubic sq cu unit in all altogether both");

    // Symbols whose case matters, by names that have no case.
    private static readonly FrozenDictionary<string, string> Cased = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["M"] = "molar",
        ["S"] = "siemens",
        ["G"] = "gauss",
        ["H"] = "henry",
        ["Mg"] = "megagram",
        ["Mm"] = "megameter",
        ["Ms"] = "megasecond",
        ["MW"] = "megawatt",
        ["mW"] = "milliwatt",
        ["MJ"] = "megajoule",
        ["mJ"] = "millijoule",
        ["MHz"] = "megahertz",
        ["mHz"] = "millihertz",
        ["MPa"] = "megapascal",
        ["mPa"] = "millipascal",
        ["MV"] = "megavolt",
        ["mV"] = "millivolt",
        ["MN"] = "meganewton",
        ["mN"] = "millinewton",
        ["ML"] = "megaliter",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The unit that words name.</summary>
    /// <returns>The unit, with an empty base when the words only say "units"; <see langword="null"/> when they are no unit.</returns>
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

    // 0 when it is none that units have.
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

    private static FrozenDictionary<string,
        (string Base, Rational Scale)> Table(params (string Base, int Over, int Under, string Names)[] rows) =>
        rows.SelectMany(row => row.Names.Split(' ').Select(name => (name, unit: (row.Base, Rational.Of(row.Over, row.Under)))))
            .ToFrozenDictionary(r => r.name, r => r.unit, StringComparer.Ordinal);
}
