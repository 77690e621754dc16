using static CognitiveTools.Lab.Problems.Templates.ExactArithmetic;
using static CognitiveTools.Lab.Problems.Templates.TemplateParameter;

namespace CognitiveTools.Lab.Problems.Templates;

internal static class NumberTheoryTemplates
{
    private const string Topic = "number theory";

    public static IReadOnlyList<ProblemTemplate> All { get; } =
    [
        // Exactly one of the exponents of 2 and 3 is 1, the other is 0.
        new("divisors-tripled", "cogtools-A-I-03", Topic,
            """For a positive integer $n$, let $d(n)$ be the number of positive divisors of $n$. Find the number of positive integers $n """
                + """\le <limit>$ for which $d(6n) = 3\,d(n)$.""",
            [Range("limit", 100, 3000, 10)], [2000],
            v => PrimeToSix(v["limit"] / 2) + PrimeToSix(v["limit"] / 3)),

        // Kummer: no carry in n + n, so every base p digit stays below p/2.
        new("central-binomials", "cogtools-A-I-08", Topic,
            """Find the number of positive integers $n \le <limit>$ for which the binomial coefficient $\binom{2n}{n}$ is divisible by """
                + """$<prime>$.""",
            [Range("limit", 50, 1000, 10), new("prime", [3, 5, 7])], [1000, 3],
            v => Enumerable.Range(1, v["limit"]).Count(n => HasBigDigit(n, v["prime"]))),

        // Per prime 6e ordered triples of exponents with least 0 and greatest e, two of which have equal first two entries.
        new("triples-with-lcm", "cogtools-A-II-08", Topic,
            """Find the number of sets $\{a, b, c\}$ of three different positive integers whose greatest common divisor is $1$ and whose """
                + """least common multiple is $<lcm>$.""",
            [Range("lcm", 12, 1500)], [900],
            v =>
            {
                var factors = Factor(v["lcm"]);
                var all = factors.Aggregate(1, (product, factor) => product * 6 * factor.Exponent);
                return all < 30 ? null : Quotient(all - 3 * (1 << factors.Count), 6);
            }),

        // The squares differ by a known number: one pair for each way to write it as a product of factors of equal parity.
        new("two-shifted-squares", "cogtools-B-I-03", Topic,
            """Find the sum of all positive integers $n$ for which $n + <first>$ and $n + <second>$ are both squares of integers.""",
            [Range("first", 5, 60), Range("difference", 21, 120)], [30, 63],
            v =>
            {
                int sum = 0, solutions = 0;
                for (var factor = 1; factor * factor < v["difference"]; factor++)
                {
                    var other = v["difference"] / factor;
                    if (factor * other != v["difference"] || (factor + other) % 2 != 0)
                        continue;
                    var n = (other - factor) / 2 * ((other - factor) / 2) - v["first"];
                    (sum, solutions) = n > 0 ? (sum + n, solutions + 1) : (sum, solutions);
                }

                return solutions >= 2 ? Small(sum) : null;
            },
            ("second", v => v["first"] + v["difference"])),

        // For squarefree moduli the counts multiply: 2 for 2, 2p - 1 for p = 1 mod 4, and 1 for p = 3 mod 4.
        new("two-squares-modulo", "cogtools-B-I-07", Topic,
            """Find the number of ordered pairs $(a, b)$ of integers with $1 \le a \le <modulus>$ and $1 \le b \le <modulus>$ for which """
                + """$a^2 + b^2$ is divisible by $<modulus>$.""",
            [Range("modulus", 10, 400)], [65],
            v =>
            {
                var factors = Factor(v["modulus"]);
                if (factors.Any(factor => factor.Exponent > 1))
                    return null;
                var count = factors.Aggregate(
                    1, (product, factor) => product * (factor.Prime == 2 ? 2 : factor.Prime % 4 == 1 ? 2 * factor.Prime - 1 : 1));
                return count > 2 ? Small(count) : null;
            }),

        new("divisors-not-powers", "cogtools-B-II-03", Topic,
            """Find the number of positive divisors of $<base>^{<exponent>}$ that are neither the square nor the cube of an integer.""",
            [Range("base", 6, 90), Range("exponent", 2, 9)], [60, 6],
            v =>
            {
                // Numbers above 10^11 are left out: their divisors cannot be listed quickly in the verification.
                if (Math.Pow(v["base"], v["exponent"]) > 1e11)
                    return null;
                var exponents = Factor(v["base"]).ConvertAll(factor => factor.Exponent * v["exponent"]);
                return exponents.Count < 2
                    ? null
                    : Small(Multiples(exponents, 1) - Multiples(exponents, 2) - Multiples(exponents, 3) + Multiples(exponents, 6));
            }),

        // m divides F(n) just when n is a multiple of the rank of m.
        new("fibonacci-divisors", "cogtools-B-II-06", Topic,
            """The Fibonacci numbers are defined by $F_1 = F_2 = 1$ and $F_{n+2} = F_{n+1} + F_n$ for $n \ge 1$. For how many positive """
                + """integers $n \le <limit>$ is $F_n$ divisible by exactly one of the numbers $<first>$ and $<second>$?""",
            [Range("limit", 200, 1000, 50), Range("first", 2, 12), Range("second", 3, 13)], [1000, 4, 7],
            v =>
            {
                if (v["second"] <= v["first"] || v["second"] % v["first"] == 0)
                    return null;
                int one = Rank(v["first"]), two = Rank(v["second"]);
                return v["limit"] / one + v["limit"] / two - 2 * (v["limit"] / (one / Gcd(one, two) * two));
            }),

        // With a = gx, b = gy the condition is g(x - 1)(y - 1) = N for relatively prime x and y.
        new("lcm-plus-gcd", "cogtools-B-II-11", Topic,
            """Find the number of ordered pairs $(a, b)$ of positive integers for which the sum of their least common multiple and their """
                + """greatest common divisor equals $a + b + <excess>$.""",
            [Range("excess", 24, 200)], [144],
            v =>
            {
                var count = 0;
                for (var g = 1; g <= v["excess"]; g++)
                {
                    for (var x = 1; v["excess"] % g == 0 && x <= v["excess"] / g; x++)
                        count += v["excess"] / g % x == 0 && Gcd(x + 1, v["excess"] / g / x + 1) == 1 ? 1 : 0;
                }

                return count < 6 ? null : count;
            }),

        // Multiplicative: (e + 1)p^e - e p^(e - 1) for a prime power.
        new("sum-of-gcds", "cogtools-C-I-09", Topic,
            """What is the value of $\gcd(1, <n>) + \gcd(2, <n>) + \gcd(3, <n>) + \cdots + \gcd(<n>, <n>)$, where $\gcd(a, b)$ is the """
                + """greatest common divisor of $a$ and $b$?""",
            [Range("n", 20, 250)], [126],
            v => Small(Factor(v["n"]).Aggregate(1, (product, factor) =>
                product * (int)Math.Pow(factor.Prime, factor.Exponent - 1) * ((factor.Exponent + 1) * factor.Prime - factor.Exponent)))),
    ];

    private static int PrimeToSix(int limit) => limit - limit / 2 - limit / 3 + limit / 6;

    private static bool HasBigDigit(int n, int prime)
    {
        for (; n > 0; n /= prime)
        {
            if (2 * (n % prime) >= prime)
                return true;
        }

        return false;
    }

    private static int Multiples(List<int> exponents, int of) =>
        exponents.Aggregate(1, (product, exponent) => product * (exponent / of + 1));

    private static int Rank(int modulus)
    {
        var (now, next, rank) = (1 % modulus, 1 % modulus, 1);
        for (; now != 0; rank++)
            (now, next) = (next, (now + next) % modulus);
        return rank;
    }
}
