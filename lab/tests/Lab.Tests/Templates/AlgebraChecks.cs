using System.Numerics;
using CognitiveTools.Lab.Problems.Templates;
using CognitiveTools.Lab.Tests.Originals;
using static CognitiveTools.Lab.Tests.Originals.Numeric;

namespace CognitiveTools.Lab.Tests.Templates;

/// <summary>The algebra templates, solved by search and measurement instead of their formulas.</summary>
internal static class AlgebraChecks
{
    public static IReadOnlyDictionary<string, Func<TemplateArguments, int>> All { get; } =
        new Dictionary<string, Func<TemplateArguments, int>>
        {
            ["quadratic-forms"] = QuadraticForms,
            ["roots-of-unity-product"] = RootsOfUnity,
            ["progression-in-progression"] = Progression,
            ["telescoping-quartics"] = v =>
                Enumerable.Range(1, v["terms"])
                    .Aggregate((Rational)0, (sum, k) => sum + new Rational(4 * k, 4 * k * k * k * k + 1)).SumOfTerms,
            ["runners"] = v => Runners(v["length"], v["minutes"], v["seconds"]),
            ["polynomials-at-three"] = v => Polynomials(v["value"]),
            ["phone-battery"] = v => Enumerable.Range(0, 60 * v["hours"] + 1).Single(minutes =>
                v["fast"] * minutes + v["slow"] * (60 * v["hours"] - minutes) == 60 * (100 - v["left"])),
            ["sine-products"] = SineProducts,
            ["powers-interpolated"] = Interpolation,
            ["two-logarithms"] = Logarithms,
            ["fractional-parts"] = FractionalParts,
            ["trinomial-divisor"] = v => TrinomialDivisor(v["limit"]),
            ["least-sum-of-fractions"] = v => Whole(Least(
                x => Least(y => v["first"] / x + v["second"] / y + v["third"] * 3 / (1 - x - 2 * y), 1e-9, (1 - x) / 2 - 1e-9), 1e-6,
                    1 - 1e-6)),
        };

    private static int Runners(int length, int minutes, int seconds) =>
        (from ines in Enumerable.Range(1, 500)
         from joel in Enumerable.Range(1, ines)
         where (ines - joel) * minutes == length && (ines + joel) * seconds == length * 60
         select ines).Single();

    private static int QuadraticForms(TemplateArguments v)
    {
        double greatest = Enumerable.Range(0, 720).Select(i => i * Math.PI / 720).MaxBy(Value), least = Enumerable.Range(0, 720)
            .Select(i => i * Math.PI / 720).MinBy(Value);
        return Whole(Least(Value, least - 0.05, least + 0.05) - Least(t => -Value(t), greatest - 0.05, greatest + 0.05));

        double Value(double t)
        {
            double x = Math.Cos(t), y = Math.Sin(t);
            return v["value"] * (v["s"] * x * x + v["t"] * x * y + v["u"] * y * y) / (2 * x * x - 2 * x * y + 5 * y * y);
        }
    }

    private static int RootsOfUnity(TemplateArguments v)
    {
        var product = Complex.One;
        for (var k = 1; k < v["n"]; k++)
        {
            var root = Complex.FromPolarCoordinates(1, 2 * Math.PI * k / v["n"]);
            product *= root * root + v["c"] * root + 1;
        }

        return Whole(Math.Sqrt(product.Real));
    }

    private static int Progression(TemplateArguments v)
    {
        var found = new List<Rational>();
        for (var difference = 1; difference <= 400; difference++)
        {
            var first = new Rational(v["sum"] - 45 * difference, 10);
            Rational fourth = first + 3 * difference, thirteenth = first + 12 * difference;
            if (fourth * fourth == first * thirteenth)
                found.Add(first + (v["place"] - 1) * difference);
        }

        return found.Single().ToWhole();
    }

    private static int Polynomials(int value)
    {
        if (value == 0)
            return 1;
        var count = 0;
        for (var constant = value % 3; constant <= Math.Min(8, value); constant += 3)
            count += Polynomials((value - constant) / 3);
        return count;
    }

    private static int SineProducts(TemplateArguments v)
    {
        // Crossings by change of sign, touching points as places where |f| falls to nothing; the scan starts before 0.
        const int Steps = 24_000;
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
        double F(double x) => Math.Sin(v["a"] * x) * Math.Sin(v["b"] * x) - Math.Sin(v["c"] * x) * Math.Sin(v["d"] * x);
    }

    private static int Interpolation(TemplateArguments v)
    {
        Rational sum = 0;
        for (var k = 0; k <= v["degree"]; k++)
        {
            var term = new Rational(BigInteger.Pow(v["base"], k), 1);
            for (var j = 0; j <= v["degree"]; j++)
                term = j == k ? term : term * new Rational(v["place"] - j, k - j);
            sum += term;
        }

        return sum.ToWhole();
    }

    private static int Logarithms(TemplateArguments v)
    {
        // Over the logarithm t of x: every root but the one with x = y.
        double total = v["exponent"];
        var ratios = Roots(t => (total - t) / t + v["k"] * t / (total - t) - v["k"] - 1, -99.987, 99.9871, 40_000)
            .Where(t => Math.Abs(t) > 1e-6 && Math.Abs(t - total) > 1e-6 && Math.Abs(2 * t - total) > 1e-6)
            .Select(t => Math.Pow(v["base"], total - 2 * t));
        return Whole(ratios.Single());
    }

    private static int FractionalParts(TemplateArguments v)
    {
        // With integer parts a of kx and b of x^2, 2x = sqrt(k^2 + 4(a + b + 1)) - k; the fit is decided in integers.
        int k = v["k"], count = 0;
        for (var a = 0; a < k * v["limit"]; a++)
        {
            for (var b = 0; b < v["limit"] * v["limit"]; b++)
            {
                // kx lies in [a, a + 1) and x^2 = a + b + 1 - kx in [b, b + 1), so a < kx < a + 1.
                long square = (long)k * k * (k * k + 4 * (a + b + 1)), low = 2 * a + k * k, high = low + 2;
                if (low * low < square && square < high * high)
                    count++;
            }
        }

        return count;
    }

    private static int TrinomialDivisor(int limit)
    {
        // Remainders modulo x^2 + x + 1, kept as (constant, coefficient of x).
        var count = 0;
        (int C, int X) power = (1, 0), shifted = (1, 0);
        for (var n = 1; n <= limit; n++)
        {
            power = (-power.X, power.C - power.X);
            shifted = (shifted.C - shifted.X, shifted.C);
            count += power.C + shifted.C + 1 == 0 && power.X + shifted.X == 0 ? 1 : 0;
        }

        return count;
    }
}
