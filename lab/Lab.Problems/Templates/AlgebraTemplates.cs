using System.Numerics;
using static CognitiveTools.Lab.Problems.Templates.ExactArithmetic;
using static CognitiveTools.Lab.Problems.Templates.TemplateParameter;

namespace CognitiveTools.Lab.Problems.Templates;

internal static class AlgebraTemplates
{
    private const string Topic = "algebra";

    public static IReadOnlyList<ProblemTemplate> All { get; } =
    [
        // The sum of the eigenvalues of the pencil is (5s + 2u + t)/9 whatever the signs of the second form.
        new("quadratic-forms", "cogtools-A-I-06", Topic,
            """Real numbers $x$ and $y$ satisfy $2x^2 - 2xy + 5y^2 = <value>$. Let $M$ and $m$ be the greatest and the least possible """
                + """values of $<s>x^2 + <t>xy + <u>y^2$. Find $M + m$.""",
            [Range("value", 18, 144, 18), Range("s", 2, 9), Range("t", 2, 9), Range("u", 2, 9)], [90, 3, 4, 6],
            v => Quotient((5 * v["s"] + 2 * v["u"] + v["t"]) * v["value"], 9)),

        // N(1) = 1, N(3) = c - 1, then N(n + 2) = c N(n) - N(n - 2): the square root of (2 + a^n + a^-n)/(c + 2), a + 1/a = c.
        new("roots-of-unity-product", "cogtools-A-I-11", Topic,
            """Let $\omega = \cos\frac{2\pi}{<n>} + i\sin\frac{2\pi}{<n>}$. The product $$\prod_{k=1}^{<n-1>}\left(\omega^{2k} + """
                + """<c>\omega^{k} + 1\right)$$ is the square of a positive integer $N$. Find $N$.""",
            [Range("n", 5, 15, 2), Range("c", 3, 30)], [15, 3],
            v =>
            {
                BigInteger before = 1, now = v["c"] - 1;
                for (var n = 3; n < v["n"]; n += 2)
                    (before, now) = (now, v["c"] * now - before);
                return Small(now);
            }),

        // The ratio condition gives a = 3d/2, so the first ten terms add up to 60 d. No 21th and the like.
        new("progression-in-progression", "cogtools-A-II-01", Topic,
            """In an increasing arithmetic sequence the first, the fourth, and the thirteenth term, in this order, form a geometric """
                + """sequence. The sum of the first ten terms is $<sum>$. Find the $<place>$th term.""",
            [Range("sum", 120, 1800, 120), Range("place", 14, 40)], [840, 30],
            v => v["place"] is > 20 and < 24 or > 30 and < 34 ? null : Quotient(v["sum"] * (2 * v["place"] + 1), 120)),

        // Terms are 1/(2k^2 - 2k + 1) - 1/(2k^2 + 2k + 1).
        new("telescoping-quartics", "cogtools-A-II-05", Topic,
            """The sum $$\sum_{k=1}^{<terms>} \frac{4k}{4k^4+1}$$ equals $\frac{m}{n}$, where $m$ and $n$ are relatively prime positive """
                + """integers. Find $m+n$.""",
            [Range("terms", 3, 15)], [15],
            v => Small((2 * v["terms"] + 1) * (2 * v["terms"] + 1))),

        new("runners", "cogtools-B-I-01", Topic,
            """Ines and Joel run at constant speeds around a circular track $<length>$ meters long. When they run in the same direction, """
                + """the faster Ines overtakes Joel every $<minutes>$ minutes. When they run in opposite directions, they meet every """
                + """$<seconds>$ seconds. Find the speed of Ines, in meters per minute.""",
            [Range("length", 200, 1200, 100), Range("minutes", 4, 20), Range("seconds", 20, 150)], [400, 10, 50],
            v =>
            {
                if (Quotient(60 * v["length"], v["seconds"]) is not { } sum || Quotient(v["length"], v["minutes"]) is not { } difference)
                    return null;
                return sum - difference < 200 || sum + difference > 700 ? null : Quotient(sum + difference, 2);
            }),

        // A coefficient a = r + 3q with r, q in {0, 1, 2} splits P(3) into R + 3Q, base 3 numbers without restriction.
        new("polynomials-at-three", "cogtools-B-I-10", Topic,
            """Find the number of polynomials $P(x)$ whose coefficients all belong to $\{0, 1, 2, 3, 4, 5, 6, 7, 8\}$ and for which """
                + """$P(3) = <value>$.""",
            [Range("value", 300, 2996)], [2025],
            v => v["value"] / 3 + 1),

        new("phone-battery", "cogtools-B-II-01", Topic,
            """The battery of a phone loses $<fast>$ percent of its full charge per hour while the phone streams video and $<slow>$ """
                + """percent of its full charge per hour otherwise. Fully charged in the morning, the battery was down to $<left>$ """
                + """percent exactly $<hours>$ hours later. For how many minutes did the phone stream video?""",
            [Range("fast", 8, 20), Range("slow", 2, 4), Range("left", 5, 40), Range("hours", 8, 18)], [12, 2, 17, 14],
            v => Quotient(60 * (100 - v["left"] - v["slow"] * v["hours"]), v["fast"] - v["slow"]) is { } minutes and > 0
                && minutes < 60 * v["hours"] ? minutes : null),

        // Product to sum: cos(b - a)x = cos(d - c)x, with 2(c - a) and 2(d - a) solutions that share their gcd.
        new("sine-products", "cogtools-B-II-07", Topic,
            """Find the number of real numbers $x$ with $0 \le x < 2\pi$ for which $\sin <a>x \cdot \sin <b>x = \sin <c>x \cdot \sin """
                + """<d>x$.""",
            [Range("a", 2, 12), Range("c", 14, 42), Range("d", 44, 78)], [10, 42, 78],
            v => 2 * (v["c"] - v["a"]) + 2 * (v["d"] - v["a"]) - 2 * Gcd(v["c"] - v["a"], v["d"] - v["a"]),
            ("b", v => v["c"] + v["d"] - v["a"])),

        // b^x = sum of C(x, j)(b - 1)^j; the polynomial is the part up to its degree.
        new("powers-interpolated", "cogtools-B-II-08", Topic,
            """A polynomial $P$ of degree $<degree>$ satisfies $P(k) = <base>^k$ for $k = 0, 1, \ldots, <degree>$. Find $P(<place>)$.""",
            [Range("degree", 3, 9), Range("base", 2, 5), Range("place", 5, 12)], [4, 3, 6],
            v => v["place"] <= v["degree"]
                ? null
                : Small(Enumerable.Range(0, v["degree"] + 1)
                    .Aggregate(BigInteger.Zero, (sum, j) => sum + Binomial(v["place"], j) * BigInteger.Pow(v["base"] - 1, j)))),

        // t + k/t = k + 1 leaves t = k, so x = b^m.
        new("two-logarithms", "cogtools-C-I-02", Topic,
            """Distinct positive real numbers $x$ and $y$, neither of them equal to $1$, satisfy $\log_x y + <k>\log_y x = <k+1>$ and """
                + """$xy = <base>^{<exponent>}$. Find $\frac{y}{x}$.""",
            [Range("k", 2, 6), Range("base", 2, 30), Range("m", 1, 6)], [4, 3, 2],
            v => Small(BigInteger.Pow(v["base"], v["m"] * (v["k"] - 1))),
            ("exponent", v => (v["k"] + 1) * v["m"])),

        // x^2 + kx is an integer just as often as it passes one; whole x are not solutions.
        new("fractional-parts", "cogtools-C-I-07", Topic,
            """For a real number $t$, let $\{t\}$ be its fractional part, the difference between $t$ and the greatest integer not """
                + """exceeding $t$. Find the number of real numbers $x$ with $0 \le x < <limit>$ for which $\{<k>x\} + \{x^2\} = 1$.""",
            [Range("limit", 5, 30), Range("k", 2, 7)], [27, 2],
            v => v["limit"] * (v["limit"] + v["k"] - 1)),

        // Both powers are sixth roots of unity modulo the divisor: n = 2 or 4 modulo 6.
        new("trinomial-divisor", "cogtools-C-I-11", Topic,
            """For how many positive integers $n \le <limit>$ is the polynomial $x^n + (x+1)^n + 1$ divisible by $x^2 + x + 1$?""",
            [Range("limit", 100, 2900, 10)], [1000],
            v => (v["limit"] + 4) / 6 + (v["limit"] + 2) / 6),

        // Cauchy's inequality: (p + q + r)^2.
        new("least-sum-of-fractions", "cogtools-C-II-04", Topic,
            """Positive real numbers $x$, $y$, $z$ satisfy $x + 2y + 3z = 1$. Find the least possible value of $\frac{<first>}{x} + """
                + """\frac{<second>}{y} + \frac{<third>}{z}$.""",
            [Range("p", 1, 9), Range("q", 2, 12, 2), Range("r", 3, 12, 3)], [3, 8, 12],
            v => Small((v["p"] + v["q"] + v["r"]) * (v["p"] + v["q"] + v["r"])),
            ("first", v => v["p"] * v["p"]), ("second", v => v["q"] * v["q"] / 2), ("third", v => v["r"] * v["r"] / 3)),
    ];
}
