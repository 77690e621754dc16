using static CognitiveTools.Lab.Tests.Originals.Counting;
using static CognitiveTools.Lab.Tests.Originals.Numeric;

namespace CognitiveTools.Lab.Tests.Originals;

/// <summary>Contest A, paper II: the answers that no template covers once more, by enumeration or measurement.</summary>
internal static class OriginalsA2
{
    public static IReadOnlyDictionary<string, Func<int>> Answers { get; } = new Dictionary<string, Func<int>>
    {
        ["cogtools-A-II-02"] = () => Enumerable.Range(1, 2021).First(n => (long)n * (n + 1) * (n + 2) % 2021 == 0),
        ["cogtools-A-II-04"] = () =>
            new Rational(Words(4, 6).Count(w => w.Aggregate(1, (product, die) => product * (die + 1)) % 10 == 0), 1296).SumOfTerms,
        ["cogtools-A-II-06"] = () =>
            Arrangements([1, 4, 2, 2], []).Count(w => Enumerable.Range(0, 8).All(i => w[i] != w[i + 1])),
        ["cogtools-A-II-09"] = () =>
            new Rational(Permutations(7).Count(p => Enumerable.Range(0, 7).All(i => Opened(p, i) <= 3)), 5040).SumOfTerms,
        ["cogtools-A-II-10"] = Tables,
        ["cogtools-A-II-11"] = Incenter,
        ["cogtools-A-II-12"] = () => Enumerable.Range(1, 52).Sum(k => k * k / 53),
        ["cogtools-A-II-13"] = Orbits,
        ["cogtools-A-II-14"] = MixtilinearCircle,
        ["cogtools-A-II-15"] = () => Words(9, 4).Count(Falls),
    };

    private static int Opened(int[] keys, int forced)
    {
        var count = 1;
        for (var locker = keys[forced]; locker != forced; locker = keys[locker])
            count++;
        return count;
    }

    private static int Tables()
    {
        var rows = Words(3, 8).Where(row => row.Sum() == 7).ToArray();
        return (from first in rows
                from second in rows
                from third in rows
                where first[0] + second[0] + third[0] == 7 && first[1] + second[1] + third[1] == 7 && first[2] + second[2] + third[2] == 7
                select first).Count();
    }

    private static int Incenter()
    {
        // A is the origin and its bisector the x-axis. The circumcircle through A, B, C fixes the half angle by AM = 63,
        // then the difference of AB and AC is searched until the incenter is 35 from A.
        var half = Root(t => Midpoint(t, 57, 60) - 63, 0.01, 1.5);
        var difference = Root(d => AtIncenter(half, (117 + d) / 2, (117 - d) / 2) - 35, 0, 100);
        return Whole(117 + B(half, (117 + difference) / 2).DistanceTo(C(half, (117 - difference) / 2)));

        static Plane B(double half, double length) => new(length * Math.Cos(half), length * Math.Sin(half));
        static Plane C(double half, double length) => new(length * Math.Cos(half), -length * Math.Sin(half));
        static double Midpoint(double half, double ab, double ac) => 2 * Plane.Circumcenter(new(0, 0), B(half, ab), C(half, ac)).X;
        static double AtIncenter(double half, double ab, double ac)
        {
            // The point of the bisector that is as far from BC as from AB.
            Plane b = B(half, ab), c = C(half, ac);
            var foot = b.X + (c.X - b.X) * b.Y / (b.Y - c.Y);
            return Root(x => new Plane(x, 0).DistanceTo(b, c) - x * Math.Sin(half), 0, foot);
        }
    }

    private static int Orbits()
    {
        // Along a word of left and right halves, ten applications are one affine map; its fixed point is followed exactly.
        var starts = new HashSet<Rational>();
        foreach (var word in Words(10, 2))
        {
            Rational slope = 1, shift = 0;
            foreach (var right in word)
                (slope, shift) = right == 1 ? (-2 * slope, 2 - 2 * shift) : (2 * slope, 2 * shift);
            var start = shift / (1 - slope);
            var x = Fold(start);
            var steps = 1;
            while (x != start && steps < 10)
            {
                x = Fold(x);
                steps++;
            }

            if (x == start && steps == 10)
                starts.Add(start);
        }

        return starts.Count;

        static Rational Fold(Rational x) => 2 * x.Numerator <= x.Denominator ? 2 * x : 2 - 2 * x;
    }

    private static int MixtilinearCircle()
    {
        Plane a = new(0, 0), c = new(17, 0), b = Plane.Apex(10, 21, 17);
        var circumcenter = Plane.Circumcenter(a, b, c);
        var radius = Root(r => Center(r).DistanceTo(circumcenter) - (circumcenter.DistanceTo(a) - r), 1, 10);
        return Rational.Near(radius).SumOfTerms;

        Plane Center(double r) => new(Root(x => new Plane(x, r).DistanceTo(a, b) - r, 0, 100), r);
    }

    private static bool Falls(int[] cell)
    {
        for (var i = 0; i < 9; i++)
        {
            if ((i % 3 > 0 && cell[i] > cell[i - 1]) || (i >= 3 && cell[i] > cell[i - 3]))
                return false;
        }

        return true;
    }
}
