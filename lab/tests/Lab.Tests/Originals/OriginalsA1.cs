using System.Numerics;
using static CognitiveTools.Lab.Tests.Originals.Counting;
using static CognitiveTools.Lab.Tests.Originals.Numeric;

namespace CognitiveTools.Lab.Tests.Originals;

/// <summary>Contest A, paper I: the answers that no template covers once more, by enumeration or measurement.</summary>
internal static class OriginalsA1
{
    public static IReadOnlyDictionary<string, Func<int>> Answers { get; } = new Dictionary<string, Func<int>>
    {
        ["cogtools-A-I-01"] = Classes,
        ["cogtools-A-I-02"] = Chords,
        ["cogtools-A-I-07"] = Siblings,
        ["cogtools-A-I-09"] = Spheres,
        ["cogtools-A-I-10"] = Towns,
        ["cogtools-A-I-12"] = Orthocenter,
        ["cogtools-A-I-13"] = ThreeSquares,
        ["cogtools-A-I-15"] = Cosecants,
    };

    private static int Classes()
    {
        var sizes = new List<int>();
        for (var n = 4; n <= 500; n++)
        {
            for (var m = 1; m <= 500; m++)
            {
                if (2 * (74 * n - 95 - 98 - 99) == 143 * (n - 3) && 68 * m + 95 + 98 + 99 == 70 * (m + 3))
                    sizes.Add(n + m);
            }
        }

        return sizes.Single();
    }

    private static int Chords()
    {
        // The central angle of each chord is searched for, then the four endpoints are measured.
        double upper = HalfAngle(40), lower = HalfAngle(48);
        return Whole(Plane.Area(At(upper), At(-upper), At(Math.PI + lower), At(Math.PI - lower)));

        static Plane At(double angle) => new(25 * Math.Sin(angle), 25 * Math.Cos(angle));
        static double HalfAngle(double chord) => Root(t => At(t).DistanceTo(At(-t)) - chord, 0, Math.PI / 2);
    }

    private static int Siblings() => Words(7, 3).Count(owner =>
    {
        int[] books = [0, 0, 0];
        foreach (var sibling in owner)
            books[sibling]++;
        return books.All(b => b > 0) && books[0] > books[2];
    });

    private static int Spheres()
    {
        Plane rim = new(20, 0), apex = new(0, 21);
        var first = Root(r => new Plane(0, r).DistanceTo(rim, apex) - r, 0.1, 20);
        var second = Root(r => new Plane(0, 2 * first + r).DistanceTo(rim, apex) - r, 0.01, 3);
        return Rational.Near(second).SumOfTerms;
    }

    private static int Towns()
    {
        var roads = (from a in Enumerable.Range(0, 6) from b in Enumerable.Range(0, 6) where a < b select (a, b)).ToArray();
        var count = 0;
        for (var choice = 0; choice < 1 << roads.Length; choice++)
        {
            if (BitOperations.PopCount((uint)choice) != 5)
                continue;
            var degree = new int[6];
            int[] group = [0, 1, 2, 3, 4, 5];
            for (var i = 0; i < roads.Length; i++)
            {
                if ((choice >> i & 1) == 0)
                    continue;
                var (a, b) = roads[i];
                degree[a]++;
                degree[b]++;
                (int from, int to) = (group[a], group[b]);
                for (var town = 0; town < 6; town++)
                    group[town] = group[town] == from ? to : group[town];
            }

            if (group.Distinct().Count() == 1 && degree.Count(d => d == 1) == 3)
                count++;
        }

        return count;
    }

    private static int Orthocenter()
    {
        // B and C lie on the horizontal axis, A above at height h with foot 0, and H below A by 39.
        // For given h the foot of the altitude and B, C follow from BH = 25 and CH = 33; AC must be perpendicular to BH.
        var height = Root(h => Crossing(h), 39.001, 39 + 24.999);
        var (b, c) = Feet(height);
        return Whole(b.DistanceTo(c) + new Plane(0, height).DistanceTo(b) + new Plane(0, height).DistanceTo(c));

        static (Plane B, Plane C) Feet(double h)
        {
            var low = Plane.Square(h - 39);
            return (new(-Math.Sqrt(625 - low), 0), new(Math.Sqrt(1089 - low), 0));
        }

        static double Crossing(double h)
        {
            var (b, c) = Feet(h);
            return (0 - b.X) * c.X + (h - 39) * (0 - h);
        }
    }

    private static int ThreeSquares()
    {
        var count = 0;
        for (var x = 0; x < 25; x++)
        {
            for (var y = 0; y < 25; y++)
            {
                for (var z = 0; z < 25; z++)
                    count += (x * x + y * y + z * z) % 25 == 0 ? 1 : 0;
            }
        }

        return count;
    }

    private static int Cosecants() =>
        Whole(Enumerable.Range(1, 59).Where(k => Gcd(k, 60) == 1).Sum(k => 1 / Plane.Square(Math.Sin(Math.PI * k / 60))));
}
