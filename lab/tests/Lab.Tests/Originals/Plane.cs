namespace CognitiveTools.Lab.Tests.Originals;

/// <summary>A point of the plane, in double precision.</summary>
internal sealed record Plane(double X, double Y)
{
    public double DistanceTo(Plane other) => Math.Sqrt(Square(X - other.X) + Square(Y - other.Y));

    /// <summary>Distance to the line through two points.</summary>
    public double DistanceTo(Plane a, Plane b) =>
        Math.Abs((b.X - a.X) * (Y - a.Y) - (b.Y - a.Y) * (X - a.X)) / a.DistanceTo(b);

    /// <summary>
    /// The third corner of a triangle: at <paramref name="ab"/> from A = (0, 0) and at <paramref name="bc"/> from C = (ac, 0).
    /// </summary>
    public static Plane Apex(double ab, double bc, double ac)
    {
        var x = (Square(ab) - Square(bc) + Square(ac)) / (2 * ac);
        return new(x, Math.Sqrt(Square(ab) - Square(x)));
    }

    public static Plane Circumcenter(Plane a, Plane b, Plane c)
    {
        var d = 2 * (a.X * (b.Y - c.Y) + b.X * (c.Y - a.Y) + c.X * (a.Y - b.Y));
        double aa = Square(a.X) + Square(a.Y), bb = Square(b.X) + Square(b.Y), cc = Square(c.X) + Square(c.Y);
        return new(
            (aa * (b.Y - c.Y) + bb * (c.Y - a.Y) + cc * (a.Y - b.Y)) / d,
            (aa * (c.X - b.X) + bb * (a.X - c.X) + cc * (b.X - a.X)) / d);
    }

    /// <summary>Area of a simple polygon.</summary>
    public static double Area(params Plane[] corners)
    {
        var twice = 0.0;
        for (var i = 0; i < corners.Length; i++)
        {
            var next = corners[(i + 1) % corners.Length];
            twice += corners[i].X * next.Y - next.X * corners[i].Y;
        }

        return Math.Abs(twice) / 2;
    }

    public static double Square(double value) => value * value;
}
