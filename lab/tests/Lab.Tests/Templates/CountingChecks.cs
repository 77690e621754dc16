using System.Numerics;
using CognitiveTools.Lab.Problems.Templates;
using CognitiveTools.Lab.Tests.Originals;
using static CognitiveTools.Lab.Tests.Originals.Counting;

namespace CognitiveTools.Lab.Tests.Templates;

/// <summary>The templates of number theory, combinatorics and probability, solved by enumeration or exact recursion.</summary>
internal static class CountingChecks
{
    public static IReadOnlyDictionary<string, Func<TemplateArguments, int>> All { get; } =
        new Dictionary<string, Func<TemplateArguments, int>>
        {
            ["divisors-tripled"] = v => Enumerable.Range(1, v["limit"]).Count(n => DivisorCount(6 * n) == 3 * DivisorCount(n)),
            ["central-binomials"] = CentralBinomials,
            ["triples-with-lcm"] = Triples,
            ["two-shifted-squares"] = v =>
                Enumerable.Range(1, 20_000).Where(n => IsPower(n + v["first"], 2) && IsPower(n + v["second"], 2)).Sum(),
            ["two-squares-modulo"] = v => Pairs(v["modulus"], (a, b) => (a * a + b * b) % v["modulus"] == 0),
            ["divisors-not-powers"] = v =>
                Divisors((long)BigInteger.Pow(v["base"], v["exponent"])).Count(d => !IsPower(d, 2) && !IsPower(d, 3)),
            ["fibonacci-divisors"] = Fibonacci,
            ["lcm-plus-gcd"] = v => Pairs(2 * v["excess"] + 1, (a, b) => Gcd(a, b) is var gcd && a / gcd * b + gcd == a + b + v["excess"]),
            ["sum-of-gcds"] = v => Enumerable.Range(1, v["n"]).Sum(k => Gcd(k, v["n"])),
            ["binary-blocks"] = v => Enumerable.Range(0, 1 << v["length"]).Count(word =>
                BitOperations.PopCount((uint)(~word >> 1 & word & ((1 << (v["length"] - 1)) - 1))) == v["places"]),
            ["choices-with-repetition"] = v => Choices(0, v["count"], 0, v["modulus"]),
            ["no-double-diagonal"] = v => Paths(v["right"], v["up"], false),
            ["forbidden-difference"] = v => Enumerable.Range(0, 1 << v["size"]).Count(set => (set & set >> v["difference"]) == 0),
            ["marbles"] = v => Different(v["marbles"], v["boxes"], []),
            ["squares-in-a-grid"] = v => Squares(v["right"], v["up"]),
            ["strip-of-squares"] = Strip,
            ["cover-the-polygon"] = v => CoverTime(v["sides"]),
            ["different-values"] = DifferentValues,
            ["both-colors"] = v => BothColors(v["red"], v["blue"], 0, 0).SumOfTerms,
        };

    private static int CentralBinomials(TemplateArguments v)
    {
        var count = 0;
        var central = BigInteger.One;
        for (var n = 1; n <= v["limit"]; n++)
        {
            central = central * (2 * (2 * n - 1)) / n;
            count += (central % v["prime"]).IsZero ? 1 : 0;
        }

        return count;
    }

    private static int Triples(TemplateArguments v)
    {
        var divisors = Divisors(v["lcm"]).ConvertAll(d => (int)d);
        var count = 0;
        foreach (var a in divisors)
        {
            foreach (var b in divisors.Where(d => d > a))
            {
                var lcm = a / Gcd(a, b) * b;
                count += divisors.Count(c => c > b && Gcd(Gcd(a, b), c) == 1 && lcm / Gcd(lcm, c) * c == v["lcm"]);
            }
        }

        return count;
    }

    private static bool IsPower(long n, int exponent) => BigInteger.Pow((long)Math.Round(Math.Pow(n, 1.0 / exponent)), exponent) == n;

    private static int Pairs(int limit, Func<int, int, bool> counts)
    {
        var count = 0;
        for (var a = 1; a <= limit; a++)
        {
            for (var b = 1; b <= limit; b++)
                count += counts(a, b) ? 1 : 0;
        }

        return count;
    }

    private static int Fibonacci(TemplateArguments v)
    {
        var count = 0;
        var (now, next) = (BigInteger.One, BigInteger.One);
        for (var n = 1; n <= v["limit"]; n++)
        {
            count += (now % v["first"]).IsZero != (now % v["second"]).IsZero ? 1 : 0;
            (now, next) = (next, now + next);
        }

        return count;
    }

    private static int Choices(int least, int left, int sum, int modulus)
    {
        if (left == 0)
            return sum % modulus == 0 ? 1 : 0;
        var count = 0;
        for (var next = least; next < modulus; next++)
            count += Choices(next, left - 1, sum + next, modulus);
        return count;
    }

    private static int Paths(int right, int up, bool cameDiagonally)
    {
        if (right < 0 || up < 0)
            return 0;
        if (right == 0 && up == 0)
            return 1;
        return Paths(right - 1, up, false) + Paths(right, up - 1, false) + (cameDiagonally ? 0 : Paths(right - 1, up - 1, true));
    }

    private static int Different(int marbles, int boxes, List<int> used)
    {
        if (boxes == 0)
            return marbles == 0 ? 1 : 0;
        var count = 0;
        for (var here = 1; here <= marbles; here++)
        {
            if (!used.Contains(here))
                count += Different(marbles - here, boxes - 1, [.. used, here]);
        }

        return count;
    }

    private static int Squares(int right, int up)
    {
        // Each square has exactly one side (dx, dy) with dx > 0 and dy >= 0; its quarter turn is (-dy, dx).
        var count = 0;
        for (var x = 0; x <= right; x++)
        {
            for (var y = 0; y <= up; y++)
            {
                for (var dx = 1; dx <= right; dx++)
                {
                    for (var dy = 0; dy <= x; dy++)
                        count += x + dx <= right && y + dx + dy <= up ? 1 : 0;
                }
            }
        }

        return count;
    }

    private static int Strip(TemplateArguments v)
    {
        // Elimination from the left: the chance from square i is factor * the chance from square i + 1.
        Rational factor = 0, chance = 1;
        var factors = new List<Rational>();
        for (var i = 1; i < v["end"]; i++)
        {
            factor = new Rational(2, 3) / (1 - new Rational(1, 3) * factor);
            factors.Add(factor);
        }

        for (var i = v["end"] - 1; i >= v["start"]; i--)
            chance *= factors[i - 1];
        return chance.SumOfTerms;
    }

    private static int CoverTime(int sides)
    {
        // Within an arc of visited vertices the expected moves solve h[i] = 1 + (h[i-1] + h[i+1])/2; off either end the arc is longer.
        Rational atEnd = 0, half = new(1, 2);
        for (var length = sides - 1; length >= 1; length--)
        {
            Rational alpha = atEnd, beta = 0;
            var rows = new List<(Rational Alpha, Rational Beta)>();
            for (var i = 0; i < length; i++)
            {
                var pivot = 1 - half * beta;
                (alpha, beta) = ((1 + half * alpha) / pivot, half / pivot);
                rows.Add((alpha, beta));
            }

            for (var i = length - 1; i >= 0; i--)
                atEnd = rows[i].Alpha + rows[i].Beta * atEnd;
        }

        return atEnd.ToWhole();
    }

    private static int DifferentValues(TemplateArguments v)
    {
        // The law of the number of values seen, roll by roll.
        var law = new Rational[v["rolls"] + 2];
        law[0] = 1;
        for (var roll = 0; roll < v["rolls"]; roll++)
        {
            for (var seen = roll + 1; seen >= 1; seen--)
                law[seen] = law[seen] * new Rational(seen, v["sides"]) + law[seen - 1] * new Rational(v["sides"] - seen + 1, v["sides"]);
            law[0] = 0;
        }

        return Enumerable.Range(1, v["rolls"]).Aggregate((Rational)0, (mean, seen) => mean + seen * law[seen]).SumOfTerms;
    }

    private static Rational BothColors(int red, int blue, int drawnRed, int drawnBlue)
    {
        if (drawnRed > 0 && drawnBlue > 0)
            return 0;
        Rational expected = 1;
        if (red > 0)
            expected += new Rational(red, red + blue) * BothColors(red - 1, blue, drawnRed + 1, drawnBlue);
        if (blue > 0)
            expected += new Rational(blue, red + blue) * BothColors(red, blue - 1, drawnRed, drawnBlue + 1);
        return expected;
    }
}
