using System.Numerics;
using static CognitiveTools.Evals.Tests.Originals.Counting;
using static CognitiveTools.Evals.Tests.Originals.Numeric;

namespace CognitiveTools.Evals.Tests.Originals;

/// <summary>Contest B, paper II: every answer once more, by enumeration or measurement.</summary>
internal static class OriginalsB2
{
    public static IReadOnlyDictionary<string, Func<int>> Answers { get; } = new Dictionary<string, Func<int>>
    {
        ["cogtools-B-II-01"] = () => Enumerable.Range(0, 841).Single(minutes => 12 * minutes + 2 * (840 - minutes) == 83 * 60),
        ["cogtools-B-II-02"] = ObtuseTriangle,
        ["cogtools-B-II-03"] = () => Divisors((long)Math.Pow(60, 6)).Count(d => !IsPower(d, 2) && !IsPower(d, 3)),
        ["cogtools-B-II-04"] = () => new Rational(Words(4, 6).Sum(w => w.Distinct().Count()), 1296).SumOfTerms,
        ["cogtools-B-II-05"] = () => Enumerable.Range(0, 1 << 13).Count(set => (set & set >> 3) == 0),
        ["cogtools-B-II-06"] = Fibonacci,
        ["cogtools-B-II-07"] = SineProducts,
        ["cogtools-B-II-08"] = Interpolation,
        ["cogtools-B-II-09"] = Heaps,
        ["cogtools-B-II-10"] = Excircles,
        ["cogtools-B-II-11"] = LcmAndGcd,
        ["cogtools-B-II-12"] = () => BothColors(0, 0).SumOfTerms,
        ["cogtools-B-II-13"] = EnclosingCircle,
        ["cogtools-B-II-14"] = () => Words(6, 4).Count(StaysInside),
        ["cogtools-B-II-15"] = () => Enumerable.Range(1, 499).Where(n => (BigInteger.ModPow(2, n, n) + 1) % n == 0).Sum(),
    };

    private static int ObtuseTriangle()
    {
        // Sides 60 - d, 60, 60 + d: the cosine of the greatest angle must be -1/2.
        var d = Root(t => CosineOfLargest(t) + 0.5, 0.1, 29.9);
        var area = Plane.Area(new(0, 0), new(60 + d, 0), Plane.Apex(60 - d, 60, 60 + d));
        return Whole(area / Math.Sqrt(3));

        static double CosineOfLargest(double d) =>
            (Plane.Square(60 - d) + 3600 - Plane.Square(60 + d)) / (2 * 60 * (60 - d));
    }

    private static bool IsPower(long n, int exponent)
    {
        var root = (long)Math.Round(Math.Pow(n, 1.0 / exponent));
        return BigInteger.Pow(root, exponent) == n;
    }

    private static int Fibonacci()
    {
        var count = 0;
        var (now, next) = (BigInteger.One, BigInteger.One);
        for (var n = 1; n <= 1000; n++)
        {
            if ((now % 4).IsZero != (now % 7).IsZero)
                count++;
            (now, next) = (next, now + next);
        }

        return count;
    }

    private static int SineProducts()
    {
        // All crossings are found by scanning, and touching points as places where |f| falls to nothing without a change of sign.
        // The scan starts a little before 0, so that the root at 0 lies inside a part.
        const int Steps = 50_000;
        var values = Enumerable.Range(0, Steps + 2).Select(i => F(Place(i))).ToArray();
        var count = 0;
        for (var i = 0; i < Steps; i++)
        {
            double left = values[i], middle = values[i + 1], right = values[i + 2];
            if (Math.Sign(left) * Math.Sign(middle) < 0)
                count++;
            else if (Math.Abs(middle) < Math.Abs(left) && Math.Abs(middle) <= Math.Abs(right)
                && Math.Sign(middle) == Math.Sign(right) && Least(x => Math.Abs(F(x)), Place(i), Place(i + 2)) < 1e-12)
                count++;
        }

        return count;

        static double Place(int i) => 2 * Math.PI * (i - 0.37) / Steps;
        static double F(double x) => Math.Sin(10 * x) * Math.Sin(110 * x) - Math.Sin(42 * x) * Math.Sin(78 * x);
    }

    private static int Interpolation()
    {
        Rational sum = 0;
        for (var k = 0; k <= 4; k++)
        {
            Rational term = (int)Math.Pow(3, k);
            for (var j = 0; j <= 4; j++)
            {
                if (j != k)
                    term *= new Rational(6 - j, k - j);
            }

            sum += term;
        }

        return sum.ToWhole();
    }

    private static int Heaps()
    {
        // The game itself, by retrograde analysis: a position is won when some move leads to a lost one.
        var won = new bool[32, 32, 32];
        var count = 0;
        for (var a = 0; a < 32; a++)
        {
            for (var b = 0; b < 32; b++)
            {
                for (var c = 0; c < 32; c++)
                {
                    for (var x = 0; x < 31 && !won[a, b, c]; x++)
                        won[a, b, c] = (x < a && !won[x, b, c]) || (x < b && !won[a, x, c]) || (x < c && !won[a, b, x]);
                    if (0 < a && a < b && b < c && !won[a, b, c])
                        count++;
                }
            }
        }

        return count;
    }

    private static int Excircles()
    {
        // The sides are searched one inside the other until the measured excircles have the three radii (radius opposite side).
        // For a given shape the first radius sets the size; two ratios remain.
        var second = Root(b => Radii(SideFor(b), b, 1).B / Radii(SideFor(b), b, 1).A - 2, 0.55, 1.2);
        var first = SideFor(second);
        var scale = 9 / Radii(first, second, 1).A;
        return Whole(Plane.Area(new(0, 0), new(scale, 0), Plane.Apex(scale * second, scale * first, scale)));

        static double SideFor(double b) => Root(a => Radii(a, b, 1).C / Radii(a, b, 1).A - 21.0 / 9, Math.Abs(1 - b) + 1e-6, 0.9999);
        static (double A, double B, double C) Radii(double a, double b, double c)
        {
            Plane corner = new(0, 0), right = new(c, 0), top = Plane.Apex(b, a, c);
            return (Radius(corner, right, top), Radius(right, top, corner), Radius(top, corner, right));
        }

        // Radius of the circle beyond the side that faces the first corner.
        static double Radius(Plane facing, Plane p, Plane q)
        {
            double side = p.DistanceTo(q), toP = facing.DistanceTo(p), toQ = facing.DistanceTo(q);
            var sum = toP + toQ - side;
            Plane center = new((-side * facing.X + toQ * p.X + toP * q.X) / sum, (-side * facing.Y + toQ * p.Y + toP * q.Y) / sum);
            return center.DistanceTo(p, q);
        }
    }

    private static int LcmAndGcd()
    {
        // With gcd g and a = g x, b = g y the condition reads g (x - 1)(y - 1) = 144, so neither number exceeds 288.
        var count = 0;
        for (var a = 1; a <= 300; a++)
        {
            for (var b = 1; b <= 300; b++)
            {
                var divisor = Gcd(a, b);
                if (a / divisor * b + divisor == a + b + 144)
                    count++;
            }
        }

        return count;
    }

    private static Rational BothColors(int red, int blue)
    {
        if (red > 0 && blue > 0)
            return 0;
        var left = 20 - red - blue;
        Rational expected = 1;
        if (red < 8)
            expected += new Rational(8 - red, left) * BothColors(red + 1, blue);
        if (blue < 12)
            expected += new Rational(12 - blue, left) * BothColors(red, blue + 1);
        return expected;
    }

    private static int EnclosingCircle()
    {
        Plane first = new(0, 0), third = new(154 + 210, 0), second = Plane.Apex(154 + 165, 165 + 210, 154 + 210);
        return Whole(Root(r => Middle(r).DistanceTo(second) - (r - 165), 365, 900));

        // The point at r - 154 and r - 210 from the first and third center, on the side of the circle that has to reach around.
        Plane Middle(double r) => Plane.Apex(r - 154, r - 210, third.X - first.X);
    }

    private static bool StaysInside(int[] steps)
    {
        int x = 0, y = 0;
        foreach (var step in steps)
        {
            x += step == 0 ? 1 : step == 1 ? -1 : 0;
            y += step == 2 ? 1 : step == 3 ? -1 : 0;
            if (x < 0 || y < 0)
                return false;
        }

        return true;
    }
}
