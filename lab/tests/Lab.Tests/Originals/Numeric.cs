using System.Numerics;

namespace CognitiveTools.Lab.Tests.Originals;

/// <summary>Numeric search that knows nothing of the solutions: roots by bisection, least values by ternary search.</summary>
internal static class Numeric
{
    /// <summary>The integer that a measured value is; throws if it is not whole, so that a wrong figure cannot be rounded right.</summary>
    public static int Whole(double value)
    {
        var whole = Math.Round(value);
        return Math.Abs(value - whole) < 1e-6 ? (int)whole : throw new InvalidOperationException($"{value} is not an integer.");
    }

    public static double Root(Func<double, double> f, double low, double high)
    {
        var sign = Math.Sign(f(low));
        if (sign * Math.Sign(f(high)) >= 0)
            throw new InvalidOperationException($"No change of sign between {low} and {high}.");
        while (true)
        {
            // Halved until no number is left between the ends.
            var middle = (low + high) / 2;
            if (middle <= low || middle >= high)
                return middle;
            if (Math.Sign(f(middle)) == sign)
                low = middle;
            else
                high = middle;
        }
    }

    /// <summary>All roots in an interval where f changes sign, found by scanning <paramref name="steps"/> equal parts.</summary>
    public static List<double> Roots(Func<double, double> f, double low, double high, int steps)
    {
        var roots = new List<double>();
        for (var i = 0; i < steps; i++)
        {
            var left = low + (high - low) * i / steps;
            var right = low + (high - low) * (i + 1) / steps;
            if (Math.Sign(f(left)) * Math.Sign(f(right)) < 0)
                roots.Add(Root(f, left, right));
        }

        return roots;
    }

    /// <summary>The least value of a function with one valley.</summary>
    public static double Least(Func<double, double> f, double low, double high)
    {
        for (var i = 0; i < 90; i++)
        {
            var left = low + (high - low) / 3;
            var right = high - (high - low) / 3;
            if (f(left) < f(right))
                high = right;
            else
                low = left;
        }

        return f((low + high) / 2);
    }

    /// <summary>
    /// All complex roots of a monic polynomial, coefficients from the constant term up, leading one left out (Durand-Kerner).
    /// </summary>
    public static Complex[] PolynomialRoots(params double[] coefficients)
    {
        var roots = new Complex[coefficients.Length];
        for (var i = 0; i < roots.Length; i++)
            roots[i] = Complex.Pow(new Complex(0.4, 0.9), i);
        for (var round = 0; round < 500; round++)
        {
            for (var i = 0; i < roots.Length; i++)
            {
                var value = Complex.One;
                for (var j = coefficients.Length - 1; j >= 0; j--)
                    value = value * roots[i] + coefficients[j];
                for (var j = 0; j < roots.Length; j++)
                {
                    if (j != i)
                        value /= roots[i] - roots[j];
                }

                roots[i] -= value;
            }
        }

        return roots;
    }
}
