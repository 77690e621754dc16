using System.Numerics;
using static CognitiveTools.Lab.Problems.Templates.ExactArithmetic;
using static CognitiveTools.Lab.Problems.Templates.TemplateParameter;

namespace CognitiveTools.Lab.Problems.Templates;

internal static class CombinatoricsTemplates
{
    private const string Topic = "combinatorics";

    public static IReadOnlyList<ProblemTemplate> All { get; } =
    [
        // With a 1 put before and a 0 put after the string, its 2k + 1 changes of digit can be anywhere.
        new("binary-blocks", "cogtools-A-I-04", Topic,
            """How many strings of $<length>$ binary digits contain the block $01$ in exactly $<places>$ places?""",
            [Range("length", 5, 14), Range("places", 2, 5)], [11, 3],
            v => 2 * v["places"] > v["length"] ? null : Small(Binomial(v["length"] + 1, 2 * v["places"] + 1))),

        // Adding 1 to every chosen number shifts the sum by a unit of the modulus, so all residues are equally frequent.
        new("choices-with-repetition", "cogtools-A-I-14", Topic,
            """In how many ways can $<count>$ integers from $0$ to $<modulus-1>$ be chosen, where the order does not matter and numbers """
                + """may be repeated, so that their sum is divisible by $<modulus>$?""",
            [Range("count", 3, 8), Range("modulus", 5, 14)], [6, 11],
            v => Gcd(v["count"], v["modulus"]) == 1 ? Quotient(Binomial(v["modulus"] + v["count"] - 1, v["count"]), v["modulus"]) : null),

        // The k diagonal steps go into different gaps of a path of the other steps.
        new("no-double-diagonal", "cogtools-B-I-08", Topic,
            """A path in the coordinate plane leads from $(0, 0)$ to $(<right>, <up>)$ by steps that each add $(1, 0)$, $(0, 1)$, or """
                + """$(1, 1)$ to the current position. How many such paths have no two consecutive steps that are both $(1, 1)$?""",
            [Range("right", 2, 9), Range("up", 2, 9)], [5, 4],
            v => Small(Enumerable.Range(0, Math.Min(v["right"], v["up"]) + 1).Aggregate(BigInteger.Zero, (sum, k) =>
                sum + Binomial(v["right"] + v["up"] - 2 * k, v["right"] - k) * Binomial(v["right"] + v["up"] - 2 * k + 1, k)))),

        // One chain per residue class; a chain of m numbers has F(m + 2) subsets without neighbors.
        new("forbidden-difference", "cogtools-B-II-05", Topic,
            """How many subsets of $\{1, 2, 3, \ldots, <size>\}$, including the empty set, contain no two numbers that differ by exactly """
                + """$<difference>$?""",
            [Range("size", 7, 16), Range("difference", 2, 6)], [13, 3],
            v => Small(Enumerable.Range(1, v["difference"]).Aggregate(BigInteger.One, (product, first) =>
                product * Fibonacci((v["size"] - first) / v["difference"] + 3)))),

        // Partitions into different parts: as many as partitions of the rest into exactly that many parts.
        new("marbles", "cogtools-C-I-03", Topic,
            """In how many ways can $<marbles>$ identical marbles be distributed among $<boxes>$ different boxes so that no box is empty """
                + """and no two boxes contain the same number of marbles?""",
            [Range("marbles", 10, 45), Range("boxes", 3, 4)], [20, 4],
            v =>
            {
                var rest = v["marbles"] - v["boxes"] * (v["boxes"] - 1) / 2;
                return v["boxes"] == 3
                    ? Small(6 * ((rest * rest + 6) / 12))
                    : Small(24 * ((rest * rest * rest + 3 * rest * rest - (rest % 2 == 0 ? 0 : 9 * rest) + 72) / 144));
            }),

        // A square of any direction lies in exactly one upright square of side k, which holds k of them.
        new("squares-in-a-grid", "cogtools-C-I-08", Topic,
            """Consider the $<points>$ points $(x, y)$ with integers $0 \le x \le <right>$ and $0 \le y \le <up>$. How many squares, """
                + """with sides in any direction, have all four vertices among these points?""",
            [Range("right", 3, 9), Range("up", 4, 20)], [7, 9],
            v => Small(Enumerable.Range(1, Math.Min(v["right"], v["up"])).Sum(k => k * (v["right"] + 1 - k) * (v["up"] + 1 - k))),
            ("points", v => (v["right"] + 1) * (v["up"] + 1))),
    ];

    private static BigInteger Fibonacci(int n)
    {
        BigInteger now = 0, next = 1;
        for (var i = 0; i < n; i++)
            (now, next) = (next, now + next);
        return now;
    }
}
