using System.Numerics;
using static CognitiveTools.Lab.Problems.Templates.ExactArithmetic;
using static CognitiveTools.Lab.Problems.Templates.TemplateParameter;

namespace CognitiveTools.Lab.Problems.Templates;

internal static class ProbabilityTemplates
{
    private const string Topic = "probability";

    public static IReadOnlyList<ProblemTemplate> All { get; } =
    [
        // Gambler's ruin with odds 1 : 2, (1 - 2^-s)/(1 - 2^-n).
        new("strip-of-squares", "cogtools-A-I-05", Topic,
            """A token stands on square $<start>$ of a strip of squares numbered $0, 1, 2, \ldots, <end>$. Each move takes it one square """
                + """up with probability $\frac{2}{3}$ or one square down with probability $\frac{1}{3}$, independently of the earlier """
                + """moves, and the game stops when the token reaches square $0$ or square $<end>$. The probability that it stops on """
                + """square $<end>$ is $\frac{m}{n}$, where $m$ and $n$ are relatively prime positive integers. Find $m+n$.""",
            [Range("start", 1, 8), Range("end", 4, 9)], [3, 7],
            v => v["start"] >= v["end"] ? null : SumOfTerms((1 << v["end"]) - (1 << (v["end"] - v["start"])), (1 << v["end"]) - 1)),

        // From an end of a visited arc of L vertices, a new vertex takes L moves on average.
        new("cover-the-polygon", "cogtools-B-I-13", Topic,
            """A token starts at one vertex of a regular polygon with $<sides>$ sides. Each move takes it to one of the two adjacent """
                + """vertices, chosen at random with equal probability. Find the expected number of moves until every vertex of the """
                + """polygon has been visited, where the starting vertex counts as visited from the beginning.""",
            [Range("sides", 8, 45)], [30],
            v => v["sides"] * (v["sides"] - 1) / 2),

        // Each value is missed with probability ((s - 1)/s)^k.
        new("different-values", "cogtools-B-II-04", Topic,
            """A fair die whose $<sides>$ faces are numbered from $1$ to $<sides>$ is rolled $<rolls>$ times. The expected number of """
                + """different values that appear is $\frac{m}{n}$, where $m$ and $n$ are relatively prime positive integers. Find """
                + """$m+n$.""",
            [new("sides", [4, 6, 8, 10, 12, 20]), Range("rolls", 2, 7)], [6, 4],
            v => SumOfTerms(
                BigInteger.Pow(v["sides"], v["rolls"]) - BigInteger.Pow(v["sides"] - 1, v["rolls"]),
                    BigInteger.Pow(v["sides"], v["rolls"] - 1))),

        // The tail sums of both colors are (N + 1)/(b + 1) and (N + 1)/(r + 1), and the empty draw is counted twice.
        new("both-colors", "cogtools-B-II-12", Topic,
            """Balls are drawn at random, one by one and without replacement, from a bag with $<red>$ red and $<blue>$ blue balls, until """
                + """at least one ball of each color has been drawn. The expected number of balls drawn is $\frac{m}{n}$, where $m$ and """
                + """$n$ are relatively prime positive integers. Find $m+n$.""",
            [Range("red", 3, 24), Range("blue", 3, 24)], [8, 12],
            v =>
            {
                int red = v["red"] + 1, blue = v["blue"] + 1;
                return red >= blue ? null : SumOfTerms((red + blue - 1) * (red + blue) - red * blue, red * blue);
            }),
    ];
}
