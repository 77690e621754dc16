using System.Numerics;
using static CognitiveTools.Lab.Tests.Originals.Counting;
using static CognitiveTools.Lab.Tests.Originals.Numeric;

namespace CognitiveTools.Lab.Tests.Originals;

/// <summary>Contest B, paper II: the answers that no template covers once more, by enumeration or measurement.</summary>
internal static class OriginalsB2
{
    public static IReadOnlyDictionary<string, Func<int>> Answers { get; } = new Dictionary<string, Func<int>>
    {
        ["cogtools-B-II-02"] = ObtuseTriangle,
        ["cogtools-B-II-09"] = Heaps,
        ["cogtools-B-II-10"] = Excircles,
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
