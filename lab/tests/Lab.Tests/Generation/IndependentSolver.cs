using System.Numerics;
using System.Text.RegularExpressions;

namespace CognitiveTools.Lab.Tests.Generation;

/// <summary>Solves problems from their canonical form by other means than the families use: closed forms, search, big integers.</summary>
internal static partial class IndependentSolver
{
    public static int Solve(string canonical)
    {
        if (!canonical.StartsWith("k=", StringComparison.Ordinal))
            return Plain(canonical);

        // The rest starts at k; a graph's form holds a semicolon too, but no graph leads a chain.
        var cut = canonical.IndexOf(';', StringComparison.Ordinal);
        var k = Plain(canonical[2..cut]);
        return Plain(Variable().Replace(canonical[(cut + 1)..], $"{k}"));
    }

    private static int Plain(string form)
    {
        var open = form.IndexOf('(', StringComparison.Ordinal);
        var inside = form[(open + 1)..^1];
        return form[..open] switch
        {
            "div" => Divisors(inside),
            "rch" => Reach(inside),
            "sto" => Story(inside),
            var name => Numeric(name, [.. inside.Split(',').Select(int.Parse)]),
        };
    }

    private static int Numeric(string name, int[] p) => name switch
    {
        "rec" => Recurrence(p[0], p[1], p[2], p[3], p[4]),
        "pow" => (int)(p[0] * BigInteger.ModPow(p[1], p[3], p[2]) % p[2]),
        "gcd" => (int)BigInteger.GreatestCommonDivisor(p[0], p[1]),
        "dig" => Enumerable.Range(0, p[3]).Aggregate(p[0], (x, _) => (p[1] * $"{x}".Sum(digit => digit - '0')) + p[2]),
        "ari" => ((2 * p[0]) + ((p[2] - 1) * p[1])) * p[2] / 2,
        "geo" => (int)(p[0] * (BigInteger.Pow(p[1], p[2]) - 1) / (p[1] - 1)),
        "crt" => Enumerable.Range(0, p[1] * p[3]).First(x => x % p[1] == p[0] && x % p[3] == p[2]),
        "way" => p[0] * Paths(p[4], p[1], p[2], p[3]),
        "bas" => p[1..].Reverse().Select((digit, i) => digit * (int)BigInteger.Pow(p[0], i)).Sum(),
        _ => throw new ArgumentException($"no such form: {name}", nameof(name)),
    };

    // x_n = c^n x_0 + d (c^(n-1) + ... + 1), without intermediate remainders.
    private static int Recurrence(int start, int factor, int shift, int modulus, int times) =>
        (int)(((BigInteger.Pow(factor, times) * start)
            + (shift * Enumerable.Range(0, times).Aggregate(BigInteger.Zero, (sum, i) => sum + BigInteger.Pow(factor, i)))) % modulus);

    private static int Paths(int height, int near, int colours, int far) => height switch
    {
        0 => 1,
        < 0 => 0,
        _ => (colours * Paths(height - near, near, colours, far)) + Paths(height - far, near, colours, far),
    };

    // Counts by trying every exponent, not by the product formula's factors.
    private static int Divisors(string product) =>
        product.Split('*').Select(power => power.Split('^')).Aggregate(
            new HashSet<string> { "" },
            (found, power) =>
                [.. found.SelectMany(have => Enumerable.Range(0, int.Parse(power[1]) + 1).Select(e => $"{have}|{power[0]}:{e}"))]).Count;

    private static int Reach(string form)
    {
        var parts = form.Split(';');
        var edges = parts[0].Split(',').Select(edge => edge.Split('>').Select(int.Parse).ToArray()).ToArray();
        var reached = new HashSet<int> { int.Parse(parts[1]) };
        while (edges.FirstOrDefault(edge => reached.Contains(edge[0]) && !reached.Contains(edge[1])) is { } edge)
            reached.Add(edge[1]);
        return parts[2].Split(',').Select(int.Parse).Single(reached.Contains);
    }

    private static int Story(string form)
    {
        var parts = form.Split(',');
        return parts.Skip(1).Aggregate(int.Parse(parts[0]), (coins, change) => change[0] switch
        {
            '+' => coins + int.Parse(change[1..]),
            '-' => coins - int.Parse(change[1..]),
            _ => coins * int.Parse(change[1..]),
        });
    }

    [GeneratedRegex(@"\bk\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
