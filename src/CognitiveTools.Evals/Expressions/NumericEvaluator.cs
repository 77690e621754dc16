using System.Numerics;

namespace CognitiveTools.Evals.Expressions;

/// <summary>Computes trees in complex double precision. For what has no exact form here: functions, roots of sums.</summary>
internal sealed class NumericEvaluator(Func<string, double> variable)
{
    /// <summary>The value; not finite where the tree has none.</summary>
    public Complex Evaluate(Node node) => node switch
    {
        Number number => number.Value.ToDouble(),
        Symbol { Name: "pi" } => Math.PI,
        Symbol { Name: "e" } => Math.E,
        Symbol { Name: "i" } => Complex.ImaginaryOne,
        Symbol symbol => variable(symbol.Name),
        Sum sum => sum.Terms.Aggregate(Complex.Zero, (total, term) => total + Evaluate(term)),
        Product product => product.Factors.Aggregate(Complex.One, (total, factor) => total * Evaluate(factor)),
        Power power => Raise(Evaluate(power.Base), power.Exponent),
        Quantity { Unit: "%" } percent => Evaluate(percent.Value) / 100,
        Quantity { Unit: "degree" } degrees => Evaluate(degrees.Value) * Math.PI / 180,
        Call call => Apply(call.Function, Evaluate(call.Argument)),
        _ => new Complex(double.NaN, 0),
    };

    private Complex Raise(Complex value, Node exponent)
    {
        var power = Evaluate(exponent);
        if (power == new Complex(0.5, 0))
            return Complex.Sqrt(value);
        if (value.Imaginary == 0 && power.Imaginary == 0)
        {
            // Real where it can be: the odd root of a negative number is the real one.
            if (value.Real >= 0 || double.IsInteger(power.Real))
                return Math.Pow(value.Real, power.Real);
            var inverse = 1 / power.Real;
            if (Math.Abs(inverse - Math.Round(inverse)) < 1e-12 && Math.Round(inverse) % 2 != 0)
                return -Math.Pow(-value.Real, power.Real);
        }

        return Complex.Pow(value, power);
    }

    private static Complex Apply(string function, Complex x) => function switch
    {
        "sin" => Complex.Sin(x),
        "cos" => Complex.Cos(x),
        "tan" => Complex.Tan(x),
        "cot" => Complex.Cos(x) / Complex.Sin(x),
        "sec" => 1 / Complex.Cos(x),
        "csc" => 1 / Complex.Sin(x),
        "arcsin" => Complex.Asin(x),
        "arccos" => Complex.Acos(x),
        "arctan" => Complex.Atan(x),
        "arccot" => (Math.PI / 2) - Complex.Atan(x),
        "sinh" => Complex.Sinh(x),
        "cosh" => Complex.Cosh(x),
        "tanh" => Complex.Tanh(x),
        "ln" => Complex.Log(x),
        "log" or "lg" => Complex.Log(x) / Math.Log(10),
        "exp" => Complex.Exp(x),
        "abs" => Complex.Abs(x),
        "floor" when x.Imaginary == 0 => Math.Floor(x.Real),
        "ceil" when x.Imaginary == 0 => Math.Ceiling(x.Real),
        "!" when x is { Imaginary: 0, Real: >= 0 and <= 170 } && double.IsInteger(x.Real) => Factorial((int)x.Real),
        _ => new Complex(double.NaN, 0),
    };

    private static double Factorial(int n) => Enumerable.Range(1, n).Aggregate(1.0, (product, factor) => product * factor);
}
