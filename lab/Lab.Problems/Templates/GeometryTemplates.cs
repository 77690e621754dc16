using static CognitiveTools.Lab.Problems.Templates.ExactArithmetic;
using static CognitiveTools.Lab.Problems.Templates.TemplateParameter;

namespace CognitiveTools.Lab.Problems.Templates;

internal static class GeometryTemplates
{
    private const string Topic = "geometry";

    public static IReadOnlyList<ProblemTemplate> All { get; } =
    [
        // The height is the geometric mean of the parallel sides.
        new("tangential-trapezoid", "cogtools-A-II-03", Topic,
            """An isosceles trapezoid whose parallel sides have lengths $<short>$ and $<long>$ has an inscribed circle, tangent to all """
                + """four sides. Find the area of the trapezoid.""",
            [Range("short", 2, 30), Range("long", 4, 80)], [8, 50],
            v => v["short"] < v["long"] && Root(v["short"] * v["long"]) is { } height
                ? Quotient((v["short"] + v["long"]) * height, 2)
                : null),

        // The radii are R/4, R/9, R/16, ...
        new("circle-chain", "cogtools-A-II-07", Topic,
            """Circles $\Gamma$ and $\Gamma'$ of radius $<radius>$ are tangent to each other and to a line $\ell$, on the same side of """
                + """it. Circle $\omega_1$ lies in the region bounded by $\ell$, $\Gamma$, and $\Gamma'$ and is tangent to all three. """
                + """For $n \ge 1$, the circle $\omega_{n+1} \ne \Gamma'$ is tangent to $\ell$, to $\Gamma$, and to $\omega_n$, and is """
                + """smaller than $\omega_n$. Find the sum of all radii in the sequence $\omega_1, \omega_2, \omega_3, \ldots$ that are """
                + """integers.""",
            [Range("radius", 144, 2000, 12)], [900],
            v =>
            {
                var radii = Enumerable.Range(2, 45).Select(k => k * k).Where(square => v["radius"] % square == 0)
                    .Select(square => v["radius"] / square).ToArray();
                return radii.Length < 2 ? null : Small(radii.Sum());
            }),

        // Twice the area is r(AB + AC).
        new("semicircle-on-a-side", "cogtools-B-I-04", Topic,
            """In triangle $ABC$, $AB = <ab>$, $AC = <ac>$, and $BC = <bc>$. A semicircle inside the triangle has its diameter on side """
                + """$BC$ and is tangent to sides $AB$ and $AC$. The radius of the semicircle is $\frac{m}{n}$, where $m$ and $n$ are """
                + """relatively prime positive integers. Find $m+n$.""",
            [Range("ab", 10, 41), Range("ac", 10, 41), Range("bc", 10, 44)], [25, 39, 40],
            v =>
            {
                int ab = v["ab"], ac = v["ac"], bc = v["bc"];

                // Acute angles at B and C keep the points of tangency on the sides; 16 times the squared area must be a square.
                var acute = ab * ab + bc * bc > ac * ac && ac * ac + bc * bc > ab * ab;
                return acute && ab < ac && ab + ac > bc
                    && Root((long)(ab + ac + bc) * (ab + ac - bc) * (ab - ac + bc) * (ac + bc - ab)) is { } fourAreas
                    ? SumOfTerms(fourAreas, 2 * (ab + ac))
                    : null;
            }),

        // AD^2 = s(s - a).
        new("equal-incircles", "cogtools-B-I-14", Topic,
            """In triangle $ABC$, $AB = <ab>$, $AC = <ac>$, and $BC = <bc>$. Point $D$ on side $BC$ is such that the inscribed circles """
                + """of triangles $ABD$ and $ACD$ have equal radii. Find $AD^2$.""",
            [Range("ab", 10, 30), Range("ac", 12, 36), Range("bc", 10, 40)], [17, 25, 28],
            v => v["ab"] < v["ac"] && v["ac"] - v["ab"] < v["bc"] && v["bc"] < v["ab"] + v["ac"]
                ? Quotient((v["ab"] + v["ac"] + v["bc"]) * (v["ab"] + v["ac"] - v["bc"]), 4)
                : null),

        // A chord from vertex i to vertex j has direction (i + j)/2 central angles, up to a constant.
        new("polygon-lines", "cogtools-C-I-01", Topic,
            """The vertices of a regular polygon with $<sides>$ sides are labeled $A_1, A_2, \ldots, A_{<sides>}$ in order. Find the """
                + """measure, in degrees, of the acute angle between the lines $A_1A_{<p>}$ and $A_<q>A_{<r>}$.""",
            [new("sides", [20, 24, 30, 36, 40, 45, 60, 72, 90]), Range("p", 10, 12), Range("q", 3, 6), Range("r", 14, 20)], [36, 10, 4, 20],
            v =>
            {
                if (Quotient((v["q"] + v["r"] - 1 - v["p"]) * 180, v["sides"]) is not { } angle)
                    return null;
                angle = Math.Min(angle % 180, 180 - angle % 180);
                return angle is > 0 and < 90 ? angle : null;
            }),

        new("box-faces", "cogtools-C-II-01", Topic,
            """Three faces of a rectangular box that share a vertex have areas $<ab>$, $<ac>$, and $<bc>$. Find the sum of the lengths """
                + """of the twelve edges of the box.""",
            [Range("a", 6, 20), Range("b", 7, 40), Range("c", 8, 60)], [10, 24, 30],
            v => v["a"] < v["b"] && v["b"] < v["c"] ? Small(4 * (v["a"] + v["b"] + v["c"])) : null,
            ("ab", v => v["a"] * v["b"]), ("ac", v => v["a"] * v["c"]), ("bc", v => v["b"] * v["c"])),

        // An equilateral triangle of side a + b + c less its corners a, c, and a + b - d.
        new("equiangular-hexagon", "cogtools-C-II-03", Topic,
            """All angles of a hexagon are equal, and four consecutive sides have lengths $<a>$, $<b>$, $<c>$, and $<d>$. The area of """
                + """the hexagon is $N\sqrt{3}$. Find $N$.""",
            [Range("a", 5, 14), Range("b", 8, 20), Range("c", 5, 14), Range("d", 8, 20)], [9, 16, 12, 15],
            v =>
            {
                int a = v["a"], c = v["c"], fifth = a + v["b"] - v["d"], whole = a + v["b"] + c;
                return fifth > 0 && c + v["d"] > a ? Quotient(whole * whole - a * a - c * c - fifth * fifth, 4) : null;
            }),

        // The four abscissas multiply to the square of the constant.
        new("circle-and-hyperbola", "cogtools-C-II-06", Topic,
            """The circle through the points $(<a>, <ay>)$, $(<b>, <by>)$, and $(<c>, <cy>)$ meets the hyperbola $xy = <product>$ at a """
                + """fourth point. Find the $x$-coordinate of this fourth point.""",
            [new("product", [24, 30, 36, 40, 42, 48, 54, 56, 60, 64, 66, 70, 72, 80, 84, 90, 96, 100, 108, 120]), Range("a", 1, 5),
                Range("b", 2, 8), Range("c", 3, 12)],
            [72, 2, 3, 4],
            v =>
            {
                int k = v["product"], a = v["a"], b = v["b"], c = v["c"];
                return a < b && b < c && k % a == 0 && k % b == 0 && k % c == 0 && Quotient(k * k, a * b * c) is { } fourth && fourth > c
                    ? fourth : null;
            },
            ("ay", v => v["product"] / v["a"]), ("by", v => v["product"] / v["b"]), ("cy", v => v["product"] / v["c"])),
    ];
}
