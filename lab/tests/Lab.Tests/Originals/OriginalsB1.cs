using System.Numerics;
using static CognitiveTools.Lab.Tests.Originals.Counting;
using static CognitiveTools.Lab.Tests.Originals.Numeric;

namespace CognitiveTools.Lab.Tests.Originals;

/// <summary>Contest B, paper I: the answers that no template covers once more, by enumeration or measurement.</summary>
internal static class OriginalsB1
{
    public static IReadOnlyDictionary<string, Func<int>> Answers { get; } = new Dictionary<string, Func<int>>
    {
        ["cogtools-B-I-02"] = () => Enumerable.Range(100, 900).Count(n => n / 10 % 10 > n / 100 + n % 10),
        ["cogtools-B-I-05"] = PowerSums,
        ["cogtools-B-I-06"] = Fly,
        ["cogtools-B-I-09"] = ParabolaCircles,
        ["cogtools-B-I-11"] = () => Words(6, 4).Count(w => w.Count(l => l == 0) % 2 == 0 && w.Count(l => l == 1) % 2 == 1 && w.Contains(2)),
        ["cogtools-B-I-12"] = () => Enumerable.Range(1, 2000).First(n => (BigInteger.Pow(5, n) + BigInteger.Pow(6, n)) % (1331 * 31) == 0),
        ["cogtools-B-I-15"] = CommutingPairs,
    };

    private static int PowerSums()
    {
        // The third elementary symmetric function is searched, then the three numbers themselves are found.
        var product = Root(p => PolynomialRoots(-p, 2, -3).Aggregate(Complex.Zero, (s, z) => s + z * z * z).Real - 12, 0.5, 3);
        var numbers = PolynomialRoots(-product, 2, -3);
        var squares = numbers.Aggregate(Complex.Zero, (s, z) => s + z * z);
        if (Complex.Abs(squares - 5) > 1e-9)
            throw new InvalidOperationException("The squares do not add up to 5.");
        return Whole(numbers.Aggregate(Complex.Zero, (s, z) => s + Complex.Pow(z, 8)).Real);
    }

    private static int Fly()
    {
        // Vertices 0 .. 5, opposite ones differ by 3: every one of the 4^8 walks is walked.
        var opposite = Words(8, 4).Count(walk =>
        {
            var vertex = 0;
            foreach (var turn in walk)
                vertex = (vertex + (turn < 2 ? turn + 1 : turn + 2)) % 6;
            return vertex == 3;
        });
        return new Rational(opposite, 65_536).SumOfTerms;
    }

    private static int ParabolaCircles()
    {
        // Radius of the circle around (0, c): the least distance to the parabola, measured along it.
        var first = Root(c => Distance(c) - 1, 0.6, 10);
        var center = first;
        for (var n = 1; n < 20; n++)
        {
            var below = center;
            center = Root(c => c - below - Distance(below) - Distance(c), below, below + 100);
        }

        return Whole(center - first);

        static double Distance(double c) => Math.Sqrt(Least(square => square + Plane.Square(square - c), 0, c));
    }

    private static int CommutingPairs()
    {
        var functions = Permutations(5).ToArray();
        return functions.Sum(f => functions.Count(g => Enumerable.Range(0, 5).All(x => f[g[x]] == g[f[x]])));
    }
}
