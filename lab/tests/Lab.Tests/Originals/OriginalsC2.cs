using static CognitiveTools.Lab.Tests.Originals.Counting;
using static CognitiveTools.Lab.Tests.Originals.Numeric;

namespace CognitiveTools.Lab.Tests.Originals;

/// <summary>Contest C, paper II: the answers that no template covers once more, by enumeration or measurement.</summary>
internal static class OriginalsC2
{
    public static IReadOnlyDictionary<string, Func<int>> Answers { get; } = new Dictionary<string, Func<int>>
    {
        ["cogtools-C-II-02"] = DisjointChords,
        ["cogtools-C-II-05"] = () => Reaches(5).SumOfTerms,
        ["cogtools-C-II-07"] = () => Enumerable.Range(1, 181).Where(n => (n * n + n + 1) % 91 == 0).Sum(),
        ["cogtools-C-II-08"] = Widths,
        ["cogtools-C-II-09"] = AcuteTriangles,
        ["cogtools-C-II-10"] = Quartics,
        ["cogtools-C-II-11"] = () => Words(12, 2).Count(StaysNear),
        ["cogtools-C-II-12"] = () => Divisors(999_999_999_999).Count(n => Period(n) == 12),
        ["cogtools-C-II-13"] = EulerLine,
        ["cogtools-C-II-14"] = () =>
            Words(3, 11).Count(w => Enumerable.Range(0, 11).All(x => (x * x * x + w[0] * x * x + w[1] * x + w[2]) % 11 != 0)),
        ["cogtools-C-II-15"] = () => Permutations(6).Count(p => !HasRiseOfFour(p)),
    };

    private static int DisjointChords()
    {
        var chords = (from a in Enumerable.Range(0, 9) from b in Enumerable.Range(0, 9) where a < b select (a, b)).ToArray();
        var count = 0;
        for (var i = 0; i < chords.Length; i++)
        {
            for (var j = i + 1; j < chords.Length; j++)
            {
                for (var k = j + 1; k < chords.Length; k++)
                {
                    if (Apart(chords[i], chords[j]) && Apart(chords[i], chords[k]) && Apart(chords[j], chords[k]))
                        count++;
                }
            }
        }

        return count;

        // Neither a shared endpoint nor exactly one endpoint of the second between those of the first.
        static bool Apart((int A, int B) p, (int A, int B) q) =>
            p.A != q.A && p.A != q.B && p.B != q.A && p.B != q.B && Inside(p, q.A) == Inside(p, q.B);
        static bool Inside((int A, int B) p, int point) => p.A < point && point < p.B;
    }

    private static Rational Reaches(int total)
    {
        if (total <= 0)
            return total == 0 ? 1 : 0;
        return (Reaches(total - 1) + Reaches(total - 2) + Reaches(total - 3)) / 3;
    }

    private static int Widths()
    {
        var sum = 0;
        for (var set = 1; set < 1 << 7; set++)
        {
            var members = Enumerable.Range(1, 7).Where(i => (set >> (i - 1) & 1) == 1).ToArray();
            sum += members.Max() - members.Min();
        }

        return sum;
    }

    private static int AcuteTriangles()
    {
        // By symmetry one vertex may be held; the triangle is acute when every arc between vertices is less than half the circle.
        var found = new List<int>();
        for (var n = 3; n <= 301; n += 2)
        {
            int acute = 0, all = 0;
            for (var j = 1; j < n; j++)
            {
                for (var k = j + 1; k < n; k++)
                {
                    all++;
                    if (2 * j < n && 2 * (k - j) < n && 2 * (n - k) < n)
                        acute++;
                }
            }

            if (acute * 101 == all * 26)
                found.Add(n);
        }

        return found.Single();
    }

    private static int Quartics()
    {
        // (x^2 + ax + b)(x^2 + cx + d): b and d multiply to 144, and a^2 = k + b + d never exceeds 1145.
        var found = new HashSet<int>();
        for (var b = -144; b <= 144; b++)
        {
            if (b == 0 || 144 % b != 0)
                continue;
            var d = 144 / b;
            for (var a = -40; a <= 40; a++)
            {
                for (var c = -40; c <= 40; c++)
                {
                    var k = -(b + d + a * c);
                    if (a + c == 0 && a * d + b * c == 0 && Math.Abs(k) <= 1000)
                        found.Add(k);
                }
            }
        }

        return found.Count;
    }

    private static bool StaysNear(int[] jumps)
    {
        var place = 0;
        foreach (var jump in jumps)
        {
            place += 2 * jump - 1;
            if (place is < -2 or > 3)
                return false;
        }

        return place == 0;
    }

    private static int Period(long n)
    {
        // Long division of 1 by n until the first remainder comes back; n is prime to 10, so it does.
        var first = 1 % n;
        var remainder = first;
        var digits = 0;
        do
        {
            remainder = (long)((Int128)remainder * 10 % n);
            digits++;
        }
        while (remainder != first && digits < 100);
        return digits;
    }

    private static int EulerLine()
    {
        // B = (0, 0), C = (21, 0), A at height 18; the circumcenter must be as high as the centroid, and A off the middle.
        Plane b = new(0, 0), c = new(21, 0);
        var x = Root(t => Plane.Circumcenter(new(t, 18), b, c).Y - 6, 0.01, 10.49);
        var a = new Plane(x, 18);
        return Whole(Plane.Square(a.DistanceTo(b)) + Plane.Square(a.DistanceTo(c)));
    }

    private static bool HasRiseOfFour(int[] order)
    {
        var longest = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            longest[i] = 1;
            for (var j = 0; j < i; j++)
            {
                if (order[j] < order[i])
                    longest[i] = Math.Max(longest[i], longest[j] + 1);
            }
        }

        return longest.Max() >= 4;
    }
}
