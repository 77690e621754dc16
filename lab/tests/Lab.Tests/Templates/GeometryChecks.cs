using CognitiveTools.Lab.Problems.Templates;
using CognitiveTools.Lab.Tests.Originals;
using static CognitiveTools.Lab.Tests.Originals.Numeric;

namespace CognitiveTools.Lab.Tests.Templates;

/// <summary>The geometry templates, measured in constructed figures.</summary>
internal static class GeometryChecks
{
    public static IReadOnlyDictionary<string, Func<TemplateArguments, int>> All { get; } =
        new Dictionary<string, Func<TemplateArguments, int>>
        {
            ["tangential-trapezoid"] = Trapezoid,
            ["circle-chain"] = CircleChain,
            ["semicircle-on-a-side"] = Semicircle,
            ["equal-incircles"] = EqualIncircles,
            ["polygon-lines"] = PolygonLines,
            ["box-faces"] = v => Whole(4 * BoxEdges(v["ab"], v["ac"], v["bc"])),
            ["equiangular-hexagon"] = Hexagon,
            ["circle-and-hyperbola"] = FourthPoint,
        };

    private static int Trapezoid(TemplateArguments v)
    {
        double low = v["long"] / 2.0, high = v["short"] / 2.0;
        var height = Root(h => new Plane(0, h / 2).DistanceTo(new(low, 0), new(high, h)) - h / 2, 0.1, 500);
        return Whole(Plane.Area(new(-low, 0), new(low, 0), new(high, height), new(-high, height)));
    }

    private static int CircleChain(TemplateArguments v)
    {
        double radius = v["radius"];
        Plane big = new(0, radius), other = new(2 * radius, radius);
        var last = Root(r => Center(r).DistanceTo(other) - radius - r, radius * 1e-3, radius * 0.999);
        var sum = 0;
        while (last > 0.9)
        {
            if (Math.Abs(last - Math.Round(last)) < 1e-6)
                sum += (int)Math.Round(last);
            var before = last;
            last = Root(r => Center(before).DistanceTo(Center(r)) - before - r, before * 1e-3, before * 0.999);
        }

        return sum;

        Plane Center(double r) => new(Root(t => new Plane(t, r).DistanceTo(big) - radius - r, 0, 3 * radius), r);
    }

    private static int Semicircle(TemplateArguments v)
    {
        Plane b = new(0, 0), c = new(v["bc"], 0), a = Plane.Apex(v["ab"], v["ac"], v["bc"]);
        var center = new Plane(Root(x => new Plane(x, 0).DistanceTo(a, b) - new Plane(x, 0).DistanceTo(a, c), 0, v["bc"]), 0);
        return Rational.Near(center.DistanceTo(a, b)).SumOfTerms;
    }

    private static int EqualIncircles(TemplateArguments v)
    {
        Plane b = new(0, 0), c = new(v["bc"], 0), a = Plane.Apex(v["ab"], v["ac"], v["bc"]);
        var d = Root(x => Inradius(a, b, new(x, 0)) - Inradius(a, c, new(x, 0)), 1e-3, v["bc"] - 1e-3);
        return Whole(Plane.Square(a.DistanceTo(new(d, 0))));

        static double Inradius(Plane p, Plane q, Plane r) =>
            2 * Plane.Area(p, q, r) / (p.DistanceTo(q) + q.DistanceTo(r) + r.DistanceTo(p));
    }

    private static int PolygonLines(TemplateArguments v)
    {
        var (first, second) = (Direction(1, v["p"]), Direction(v["q"], v["r"]));
        return Whole(Math.Acos(Math.Abs(first.X * second.X + first.Y * second.Y)) * 180 / Math.PI);

        Plane Direction(int from, int to)
        {
            Plane a = Vertex(from), b = Vertex(to);
            return new((b.X - a.X) / a.DistanceTo(b), (b.Y - a.Y) / a.DistanceTo(b));
        }

        Plane Vertex(int i) => new(Math.Cos(2 * Math.PI * i / v["sides"]), Math.Sin(2 * Math.PI * i / v["sides"]));
    }

    private static double BoxEdges(double ab, double ac, double bc)
    {
        var a = Root(t => ab / t * (ac / t) - bc, 1, 100);
        return a + ab / a + ac / a;
    }

    private static int Hexagon(TemplateArguments v)
    {
        // Walked with turns of 60 degrees; the fifth side ends where the sixth leads straight home.
        int[] known = [v["a"], v["b"], v["c"], v["d"]];
        var corners = new List<Plane> { new(0, 0) };
        for (var i = 0; i < known.Length; i++)
            corners.Add(Ahead(corners[i], i, known[i]));
        var fifth = Root(s => new Plane(0, 0).OffsetFrom(Ahead(corners[4], 4, s), 5 * Math.PI / 3), 0.01, 200);
        corners.Add(Ahead(corners[4], 4, fifth));
        return Whole(Plane.Area([.. corners]) / Math.Sqrt(3));

        static Plane Ahead(Plane from, int turn, double length) =>
            new(from.X + length * Math.Cos(turn * Math.PI / 3), from.Y + length * Math.Sin(turn * Math.PI / 3));
    }

    private static double OffsetFrom(this Plane point, Plane start, double direction) =>
        (point.X - start.X) * Math.Sin(direction) - (point.Y - start.Y) * Math.Cos(direction);

    private static int FourthPoint(TemplateArguments v)
    {
        double product = v["product"];
        Plane a = new(v["a"], v["ay"]), b = new(v["b"], v["by"]), c = new(v["c"], v["cy"]);
        var center = Plane.Circumcenter(a, b, c);
        return Whole(Root(x => new Plane(x, product / x).DistanceTo(center) - a.DistanceTo(center), v["c"] + 0.01, 1e5));
    }
}
