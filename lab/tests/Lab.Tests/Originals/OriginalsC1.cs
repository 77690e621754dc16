using static CognitiveTools.Lab.Tests.Originals.Numeric;

namespace CognitiveTools.Lab.Tests.Originals;

/// <summary>Contest C, paper I: the answers that no template covers once more, by enumeration or measurement.</summary>
internal static class OriginalsC1
{
    public static IReadOnlyDictionary<string, Func<int>> Answers { get; } = new Dictionary<string, Func<int>>
    {
        ["cogtools-C-I-04"] = () => Enumerable.Range(1, 999).Count(n => DigitSum(11 * n) == 2 * DigitSum(n)),
        ["cogtools-C-I-05"] = Tournament,
        ["cogtools-C-I-06"] = Pyramid,
        ["cogtools-C-I-10"] = BisectorCircle,
        ["cogtools-C-I-12"] = () => Fillings(5, 3, 2),
        ["cogtools-C-I-13"] = Involutions,
        ["cogtools-C-I-14"] = LeastDistances,
        ["cogtools-C-I-15"] = () =>
            Enumerable.Range(1, (1 << 13) - 1).Count(set => Enumerable.Range(0, 13).Sum(i => (set >> i & 1) * (i + 1)) % 13 == 0),
    };

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

    // The greatest number is at the end of a row that is longer than the one below; it is taken out, and so on.
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
                        if ((a * a + b * c - 1) % 29 == 0 && (a * b + b * d) % 29 == 0 && (a * c + c * d) % 29 == 0
                            && (d * d + b * c - 1) % 29 == 0)
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
