using System.Numerics;

namespace CognitiveTools.Answers.Expressions;

/// <summary>
/// Computes trees in complex double precision, with the error that rounding makes. For what has no exact form here: functions,
/// roots of sums. Odd roots and powers with odd denominators are real where the base is, as in school.
/// </summary>
internal sealed class NumericEvaluator(Func<string, double> variable)
{
    /// <summary>The value; not finite where the tree has none.</summary>
    public ApproximateValue Evaluate(Node node)
    {
        switch (node)
        {
            case Number number:
                return ApproximateValue.Of(number.Value.ToDouble());
            case Symbol { Name: "pi" }:
                return ApproximateValue.Of(Math.PI);
            case Symbol { Name: "e" }:
                return ApproximateValue.Of(Math.E);
            case Symbol { Name: "i" }:
                return new(Complex.ImaginaryOne, 0);
            case Symbol symbol:
                return new(variable(symbol.Name), 0);
            case Sum sum:
                return sum.Terms.Select(Evaluate).Aggregate(default(ApproximateValue), Plus);
            case Product product:
                return product.Factors.Select(Evaluate).Aggregate(new ApproximateValue(1, 0), Times);
            case Power power:
                return Raise(power);
            case Quantity { Unit.Base: "%" } percent:
                return Times(Evaluate(percent.Value), ApproximateValue.Of(0.01));
            case Quantity { Unit.Base: "degree" } degrees:
                return Times(Evaluate(degrees.Value), ApproximateValue.Of(Math.PI / 180));
            case Call { Function: "binom" or "perm", Argument: Brackets { Items: [var from, var taken] } } choice:
                return Choice(Evaluate(from), Evaluate(taken), choice.Function is "binom");
            case Call call:
                return Apply(call.Function, Evaluate(call.Argument));
            default:
                return new(double.NaN, 0);
        }
    }

    private static ApproximateValue Plus(ApproximateValue a, ApproximateValue b)
    {
        var sum = a.Value + b.Value;
        return new(sum, a.Error + b.Error + (Complex.Abs(sum) * ApproximateValue.Rounding));
    }

    private static ApproximateValue Times(ApproximateValue a, ApproximateValue b)
    {
        var product = a.Value * b.Value;
        var carried = (Complex.Abs(a.Value) * b.Error) + (Complex.Abs(b.Value) * a.Error);
        return new(product, carried + (Complex.Abs(product) * 2 * ApproximateValue.Rounding));
    }

    private ApproximateValue Raise(Power power)
    {
        var value = Evaluate(power.Base);
        var exponent = Evaluate(power.Exponent);
        var raised = Raise(value.Value, exponent.Value, power.Exponent);
        var size = Complex.Abs(value.Value);
        var relative = size > 0 ? (Complex.Abs(exponent.Value) * value.Error / size) + (exponent.Error * Math.Abs(Math.Log(size))) : 0;
        var zero = size <= value.Error ? Math.Pow(Math.Max(value.Error, double.Epsilon), Math.Max(0, exponent.Value.Real))
            : 0; // a root magnifies what is left of a zero
        return new(raised, (Complex.Abs(raised) * (relative + (4 * ApproximateValue.Rounding))) + zero);
    }

    private static Complex Raise(Complex value, Complex power, Node exponent)
    {
        if (power == new Complex(0.5, 0))
            return Complex.Sqrt(value);
        if (value.Imaginary == 0 && power.Imaginary == 0)
        {
            if (value.Real >= 0 || double.IsInteger(power.Real))
                return Math.Pow(value.Real, power.Real);
            if (new ExactEvaluator(new OperationBudget(1_000)).Evaluate(exponent)?.AsRational is { Denominator.IsEven: false } ratio)
                return (ratio.Numerator.IsEven ? 1 : -1) * Math.Pow(-value.Real, power.Real);
        }

        return Complex.Pow(value, power);
    }

    // How far a function moves when its argument moves by the argument's error.
    private static ApproximateValue Apply(string function, ApproximateValue x)
    {
        var value = Of(function, x.Value);
        var moved = Of(function, x.Value + x.Error);
        var error = Complex.IsFinite(moved) ? Complex.Abs(moved - value) : 0;
        return new(value, (2 * error) + (Complex.Abs(value) * 4 * ApproximateValue.Rounding));
    }

    private static ApproximateValue Choice(ApproximateValue n, ApproximateValue k, bool unordered)
    {
        if (n.Value.Imaginary != 0 || k.Value.Imaginary != 0)
            return new(double.NaN, 0);
        var value = Gamma.OfOnePlus(n.Value.Real) / Gamma.OfOnePlus(n.Value.Real - k.Value.Real) / (unordered
            ? Gamma.OfOnePlus(k.Value.Real) : 1);
        return new(value, Math.Abs(value) * 1e-13);
    }

    private static Complex Of(string function, Complex x) => function switch
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
        "cis" => Complex.Exp(Complex.ImaginaryOne * x),
        "abs" => Complex.Abs(x),
        "conj" => Complex.Conjugate(x),
        "floor" when x.Imaginary == 0 => Math.Floor(x.Real),
        "ceil" when x.Imaginary == 0 => Math.Ceiling(x.Real),
        "!" when x.Imaginary == 0 => Gamma.OfOnePlus(x.Real),
        _ => new Complex(double.NaN, 0),
    };
}
