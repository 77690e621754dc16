using System.Numerics;
using static CognitiveTools.Evals.Tests.Originals.Counting;
using static CognitiveTools.Evals.Tests.Originals.Numeric;

namespace CognitiveTools.Evals.Tests.Originals;

/// <summary>Contest B, paper I: every answer once more, by enumeration or measurement.</summary>
internal static class OriginalsB1
{
    public static IReadOnlyDictionary<string, Func<int>> Answers { get; } = new Dictionary<string, Func<int>>
    {
        ["cogtools-B-I-01"] = Runners,
        ["cogtools-B-I-02"] = () => Enumerable.Range(100, 900).Count(n => n / 10 % 10 > n / 100 + n % 10),
        ["cogtools-B-I-03"] = () => Enumerable.Range(1, 20_000).Where(n => IsSquare(n + 30) && IsSquare(n + 93)).Sum(),
        ["cogtools-B-I-04"] = Semicircle,
        ["cogtools-B-I-05"] = PowerSums,
        ["cogtools-B-I-06"] = Fly,
        ["cogtools-B-I-07"] = () => (from a in Enumerable.Range(1, 65) from b in Enumerable.Range(1, 65) where (a * a + b * b) % 65 == 0 select a).Count(),
        ["cogtools-B-I-08"] = () => Paths(0, 0, false),
        ["cogtools-B-I-09"] = ParabolaCircles,
        ["cogtools-B-I-10"] = () => Polynomials(2025),
        ["cogtools-B-I-11"] = () => Words(6, 4).Count(w => w.Count(l => l == 0) % 2 == 0 && w.Count(l => l == 1) % 2 == 1 && w.Contains(2)),
        ["cogtools-B-I-12"] = () => Enumerable.Range(1, 2000).First(n => (BigInteger.Pow(5, n) + BigInteger.Pow(6, n)) % (1331 * 31) == 0),
        ["cogtools-B-I-13"] = CoverTime,
        ["cogtools-B-I-14"] = EqualIncircles,
        ["cogtools-B-I-15"] = CommutingPairs,
    };

    private static int Runners()
    {
        var speeds = new List<int>();
        for (var ines = 1; ines <= 600; ines++)
        {
            for (var joel = 1; joel < ines; joel++)
            {
                if ((ines - joel) * 10 == 400 && (ines + joel) * 50 == 400 * 60)
                    speeds.Add(ines);
            }
        }

        return speeds.Single();
    }

    private static bool IsSquare(int n) => Math.Round(Math.Sqrt(n)) is var root && root * root == n;

    private static int Semicircle()
    {
        Plane b = new(0, 0), c = new(40, 0), a = Plane.Apex(25, 39, 40);
        var center = new Plane(Root(x => new Plane(x, 0).DistanceTo(a, b) - new Plane(x, 0).DistanceTo(a, c), 0, 40), 0);
        return Rational.Near(center.DistanceTo(a, b)).SumOfTerms;
    }

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

    private static int Paths(int x, int y, bool cameDiagonally)
    {
        if (x > 5 || y > 4)
            return 0;
        if (x == 5 && y == 4)
            return 1;
        return Paths(x + 1, y, false) + Paths(x, y + 1, false) + (cameDiagonally ? 0 : Paths(x + 1, y + 1, true));
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

    private static int Polynomials(int value)
    {
        var count = 0;
        if (value == 0)
            return 1;
        for (var constant = value % 3; constant <= Math.Min(8, value); constant += 3)
            count += Polynomials((value - constant) / 3);
        return count;
    }

    private static int CoverTime()
    {
        // Backwards over the length of the visited arc; within one length, the expected moves h[i] from place i
        // solve h[i] = 1 + (h[i-1] + h[i+1]) / 2, and stepping off either end lengthens the arc.
        Rational atEnd = 0;
        for (var length = 29; length >= 1; length--)
        {
            // Elimination from the left writes h[i] = alpha + beta * h[i+1]; beyond the last place stands atEnd.
            Rational alpha = atEnd, beta = 0, half = new(1, 2);
            var rows = new List<(Rational Alpha, Rational Beta)>();
            for (var i = 0; i < length; i++)
            {
                var pivot = 1 - half * beta;
                (alpha, beta) = ((1 + half * alpha) / pivot, half / pivot);
                rows.Add((alpha, beta));
            }

            var place = atEnd;
            for (var i = length - 1; i >= 0; i--)
                place = rows[i].Alpha + rows[i].Beta * place;
            atEnd = place;
        }

        return atEnd.ToWhole();
    }

    private static int EqualIncircles()
    {
        Plane b = new(0, 0), c = new(28, 0), a = Plane.Apex(17, 25, 28);
        var d = Root(x => Inradius(a, b, new(x, 0)) - Inradius(a, c, new(x, 0)), 0.1, 27.9);
        return Whole(Plane.Square(a.DistanceTo(new(d, 0))));

        static double Inradius(Plane p, Plane q, Plane r) => 2 * Plane.Area(p, q, r) / (p.DistanceTo(q) + q.DistanceTo(r) + r.DistanceTo(p));
    }

    private static int CommutingPairs()
    {
        var functions = Permutations(5).ToArray();
        return functions.Sum(f => functions.Count(g => Enumerable.Range(0, 5).All(x => f[g[x]] == g[f[x]])));
    }
}
