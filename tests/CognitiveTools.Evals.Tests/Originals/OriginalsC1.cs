using System.Numerics;
using static CognitiveTools.Evals.Tests.Originals.Counting;
using static CognitiveTools.Evals.Tests.Originals.Numeric;

namespace CognitiveTools.Evals.Tests.Originals;

/// <summary>Contest C, paper I: every answer once more, by enumeration or measurement.</summary>
internal static class OriginalsC1
{
    public static IReadOnlyDictionary<string, Func<int>> Answers { get; } = new Dictionary<string, Func<int>>
    {
        ["cogtools-C-I-01"] = PolygonLines,
        ["cogtools-C-I-02"] = Logarithms,
        ["cogtools-C-I-03"] = () => Words(4, 20).Count(w => w[0] + w[1] + w[2] + w[3] == 20 && w.All(m => m > 0) && w.Distinct().Count() == 4),
        ["cogtools-C-I-04"] = () => Enumerable.Range(1, 999).Count(n => DigitSum(11 * n) == 2 * DigitSum(n)),
        ["cogtools-C-I-05"] = Tournament,
        ["cogtools-C-I-06"] = Pyramid,
        ["cogtools-C-I-07"] = FractionalParts,
        ["cogtools-C-I-08"] = Squares,
        ["cogtools-C-I-09"] = () => Enumerable.Range(1, 126).Sum(k => Gcd(k, 126)),
        ["cogtools-C-I-10"] = BisectorCircle,
        ["cogtools-C-I-11"] = () => Enumerable.Range(1, 1000).Count(Divides),
        ["cogtools-C-I-12"] = () => Fillings(5, 3, 2),
        ["cogtools-C-I-13"] = Involutions,
        ["cogtools-C-I-14"] = LeastDistances,
        ["cogtools-C-I-15"] = () => Enumerable.Range(1, (1 << 13) - 1).Count(set => Enumerable.Range(0, 13).Sum(i => (set >> i & 1) * (i + 1)) % 13 == 0),
    };

    private static int PolygonLines()
    {
        var (first, second) = (Direction(1, 10), Direction(4, 20));
        var cosine = Math.Abs(first.X * second.X + first.Y * second.Y);
        return Whole(Math.Acos(cosine) * 180 / Math.PI);

        static Plane Direction(int from, int to)
        {
            Plane a = Vertex(from), b = Vertex(to);
            return new((b.X - a.X) / a.DistanceTo(b), (b.Y - a.Y) / a.DistanceTo(b));
        }

        static Plane Vertex(int i) => new(Math.Cos(Math.PI * i / 18), Math.Sin(Math.PI * i / 18));
    }

    private static int Logarithms()
    {
        // All x with y = 3^10 / x, scanned over the logarithm to base 3 of x; x = y is excluded by the problem.
        var ratios = Roots(t => (10 - t) / t + 4 * t / (10 - t) - 5, -99.987, 99.9871, 40_000)
            .Where(t => Math.Abs(t) > 1e-6 && Math.Abs(t - 10) > 1e-6 && Math.Abs(t - 5) > 1e-6)
            .Select(t => Math.Pow(3, 10 - 2 * t));
        return Whole(ratios.Single());
    }

    private static int DigitSum(int n) => n == 0 ? 0 : n % 10 + DigitSum(n / 10);

    private static int Tournament()
    {
        var good = 0;
        var bracket = new int[16];
        Place(4);
        return new Rational(good, 16 * 15 * 14 * 13).SumOfTerms;

        // The four best, of strengths 4 to 1, take every choice of slots; all others have strength 0.
        void Place(int strength)
        {
            if (strength == 0)
            {
                good += SemifinalistsAreTheBest(bracket) ? 1 : 0;
                return;
            }

            for (var slot = 0; slot < 16; slot++)
            {
                if (bracket[slot] != 0)
                    continue;
                bracket[slot] = strength;
                Place(strength - 1);
                bracket[slot] = 0;
            }
        }

        // Two rounds are played game by game.
        static bool SemifinalistsAreTheBest(int[] bracket)
        {
            for (var semifinalist = 0; semifinalist < 4; semifinalist++)
            {
                var first = Math.Max(bracket[4 * semifinalist], bracket[4 * semifinalist + 1]);
                var second = Math.Max(bracket[4 * semifinalist + 2], bracket[4 * semifinalist + 3]);
                if (Math.Max(first, second) == 0)
                    return false;
            }

            return true;
        }
    }

    private static int Pyramid()
    {
        // Cut through the apex and two midpoints of opposite sides for the faces; through two opposite corners for the vertices.
        var inner = Root(r => new Plane(0, r).DistanceTo(new(7, 0), new(0, 24)) - r, 0.1, 12);
        Plane corner = new(7 * Math.Sqrt(2), 0), apex = new(0, 24);
        var center = Root(y => new Plane(0, y).DistanceTo(corner) - new Plane(0, y).DistanceTo(apex), -100, 100);
        return Rational.Near((24 - center) / inner).SumOfTerms;
    }

    private static int FractionalParts()
    {
        // With a and b the integer parts of 2x and x^2, x = sqrt(a + b + 2) - 1; whether a and b fit is decided in integers.
        var count = 0;
        for (var a = 0; a < 54; a++)
        {
            for (var b = 0; b < 729; b++)
            {
                var n = a + b + 2;
                var twiceFits = (a + 2) * (a + 2) <= 4 * n && 4 * n < (a + 3) * (a + 3);
                var squareFits = 4 * n <= (n + 1 - b) * (n + 1 - b) && 4 * n > (n - b) * (n - b);
                if (twiceFits && squareFits && n < 28 * 28)
                    count++;
            }
        }

        return count;
    }

    private static int Squares()
    {
        var count = 0;
        for (var x = 0; x <= 7; x++)
        {
            for (var y = 0; y <= 9; y++)
            {
                for (var dx = 1; dx <= 7; dx++)
                {
                    for (var dy = 0; dy <= 9; dy++)
                    {
                        // Side (dx, dy) and its quarter turn (-dy, dx): each square has exactly one side with dx > 0, dy >= 0.
                        if (x + dx <= 7 && y + dy <= 9 && x - dy >= 0 && y + dx <= 9 && x + dx - dy <= 7 && y + dy + dx <= 9)
                            count++;
                    }
                }
            }
        }

        return count;
    }

    private static int BisectorCircle()
    {
        // Right angle at A = (0, 0), B = (21, 0), C = (0, 28); the bisector is the line x = y.
        Plane b = new(21, 0), c = new(0, 28);
        var t = Root(s => s / 21 + s / 28 - 1, 0, 28);
        var d = new Plane(t, t);

        // The center lies on the perpendicular to BC in D, as far from A as from D.
        var step = Root(s => Center(s).DistanceTo(new(0, 0)) - Center(s).DistanceTo(d), -1, 1);
        var center = Center(step);
        if (Math.Abs(center.DistanceTo(b, c) - center.DistanceTo(d)) > 1e-9)
            throw new InvalidOperationException("The circle is not tangent to BC.");

        // A circle through the origin meets the axes again at twice the coordinates of its center.
        return Rational.Near(new Plane(2 * center.X, 0).DistanceTo(new(0, 2 * center.Y))).SumOfTerms;

        Plane Center(double s) => new(t + 28 * s, t + 21 * s);
    }

    private static bool Divides(int n)
    {
        // Remainders modulo x^2 + x + 1, where x^2 = -x - 1, kept as (constant, coefficient of x).
        (BigInteger C, BigInteger X) power = (1, 0), shifted = (1, 0);
        for (var i = 0; i < n; i++)
        {
            power = (-power.X, power.C - power.X);
            shifted = (shifted.C - shifted.X, shifted.C);
        }

        return power.C + shifted.C + 1 == 0 && power.X + shifted.X == 0;
    }

    // The greatest number stands at the end of a row that is longer than the one below; it is taken out, and so on.
    private static int Fillings(int first, int second, int third)
    {
        if (first == 0)
            return 1;
        return (first > second ? Fillings(first - 1, second, third) : 0)
            + (second > third ? Fillings(first, second - 1, third) : 0)
            + (third > 0 ? Fillings(first, second, third - 1) : 0);
    }

    private static int Involutions()
    {
        var count = 0;
        for (var a = 0; a < 29; a++)
        {
            for (var b = 0; b < 29; b++)
            {
                for (var c = 0; c < 29; c++)
                {
                    for (var d = 0; d < 29; d++)
                    {
                        if ((a * a + b * c - 1) % 29 == 0 && (a * b + b * d) % 29 == 0 && (a * c + c * d) % 29 == 0 && (d * d + b * c - 1) % 29 == 0)
                            count++;
                    }
                }
            }
        }

        return count;
    }

    private static int LeastDistances()
    {
        Plane a = new(0, 0), c = new(15, 0), b = Plane.Apex(7, 13, 15);
        var least = Least(x => Least(y => Sum(new(x, y)), -1, 15), -1, 16);
        return Whole(least * least);

        double Sum(Plane p) => p.DistanceTo(a) + p.DistanceTo(b) + p.DistanceTo(c);
    }
}
