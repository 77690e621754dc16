using System.Numerics;

namespace CognitiveTools.Llama.Templates.Values;

/// <summary>Python's arithmetic, for numbers, strings and lists.</summary>
internal static class PythonArithmetic
{
    private const int MostBits = 16_384;

    public static object? Apply(RenderContext context, string symbol, object? left, object? right)
    {
        if (left is TemplateUndefined missing)
            throw missing.Error();
        if (symbol == "%" && left is TemplateText format)
            return PythonFormat.Percent(context, format, right);
        if (right is TemplateUndefined undefined)
            throw undefined.Error();
        if (PythonTypes.AsInteger(left) is { } a && PythonTypes.AsInteger(right) is { } b)
            return OnIntegers(symbol, a, b);
        if (PythonTypes.IsNumber(left) && PythonTypes.IsNumber(right))
            return OnFloats(symbol, PythonTypes.AsNumber(left)!.Value, PythonTypes.AsNumber(right)!.Value);
        return (symbol, left, right) switch
        {
            ("+", TemplateText x, TemplateText y) => Add(context, x, y),
            ("+", TemplateSequence x, TemplateSequence y)
                when x.Kind == y.Kind && x.Kind is SequenceKind.List or SequenceKind.Tuple => Add(context, x, y),
            ("*", TemplateText or TemplateSequence, _) when PythonTypes.AsInteger(right) is { } times => Repeat(context, left, times),
            ("*", _, TemplateText or TemplateSequence) when PythonTypes.AsInteger(left) is { } times => Repeat(context, right, times),
            ("+", TemplateText, _) => throw new TemplateException(
                $"can only concatenate str (not \"{PythonTypes.NameOf(right)}\") to str"),
            _ => throw new TemplateException($"unsupported operand type(s) for {symbol}: "
                + $"'{PythonTypes.NameOf(left)}' and '{PythonTypes.NameOf(right)}'"),
        };
    }

    /// <summary>Unary plus and minus.</summary>
    public static object? Sign(string symbol, object? value) => value switch
    {
        double number => symbol == "-" ? -number : number,
        bool or BigInteger => symbol == "-" ? -PythonTypes.AsInteger(value)!.Value : PythonTypes.AsInteger(value)!.Value,
        TemplateUndefined undefined => throw undefined.Error(),
        _ => throw new TemplateException($"bad operand type for unary {symbol}: '{PythonTypes.NameOf(value)}'"),
    };

    private static TemplateText Add(RenderContext context, TemplateText left, TemplateText right)
    {
        if (!left.IsSafe && !right.IsSafe)
            return TextBuilder.Join(context, left, right);
        return TextBuilder.Join(context, PythonFormat.EscapeHtml(context, left), PythonFormat.EscapeHtml(context, right)).AsSafe();
    }

    private static TemplateSequence Add(RenderContext context, TemplateSequence left, TemplateSequence right)
    {
        context.Charge(left.Items.Count + right.Items.Count);
        return new(left.Kind, [.. left.Items, .. right.Items]);
    }

    private static object Repeat(RenderContext context, object? value, BigInteger times)
    {
        var count = (int)BigInteger.Max(0, BigInteger.Min(times, int.MaxValue));
        if (value is TemplateText text)
        {
            context.Charge(text.Value.Length * (long)count);
            if (text.Value.Length == 0)
                return TemplateText.Empty;
            var builder = new TextBuilder(context);
            for (var i = 0; i < count; i++)
                builder.Append(text);
            return builder.ToText().AsSafe(text.IsSafe);
        }

        var sequence = (TemplateSequence)value!;
        if (sequence.Kind is not (SequenceKind.List or SequenceKind.Tuple))
            throw new TemplateException($"unsupported operand type(s) for *: '{PythonTypes.NameOf(value)}' and 'int'");
        context.Charge(sequence.Items.Count * (long)count);
        return new TemplateSequence(
            sequence.Kind, sequence.Items.Count == 0 ? [] : [.. Enumerable.Range(0, count).SelectMany(_ => sequence.Items)]);
    }

    private static object OnIntegers(string symbol, BigInteger a, BigInteger b)
    {
        if (symbol is "/" or "//" or "%" && b.IsZero)
            throw new TemplateException("division by zero");
        if (symbol == "**" && b.Sign >= 0 && !a.IsZero && !a.IsOne && a != BigInteger.MinusOne
            && (b > MostBits || a.GetBitLength() * b > MostBits))
            throw new TemplateException("an integer becomes too large");
        object result = symbol switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => PythonNumbers.Divide(a, b),
            "//" => FloorDivide(a, b),
            "%" => a - b * FloorDivide(a, b),
            "**" => b.Sign >= 0
                ? BigInteger.Pow(a, (int)BigInteger.Min(b, int.MaxValue - (b.IsEven ? 1 : 0)))
                : Power(PythonNumbers.ToFloat(a), PythonNumbers.ToFloat(b)),
            _ => throw new InvalidOperationException(symbol),
        };
        return result is BigInteger large && large.GetBitLength() > MostBits
            ? throw new TemplateException("an integer becomes too large")
            : result;
    }

    private static BigInteger FloorDivide(BigInteger a, BigInteger b)
    {
        var quotient = BigInteger.DivRem(a, b, out var rest);
        return !rest.IsZero && rest.Sign < 0 != b.Sign < 0 ? quotient - 1 : quotient;
    }

    private static object OnFloats(string symbol, double a, double b)
    {
        if (symbol is "/" or "//" or "%" && b == 0)
            throw new TemplateException("float division by zero");
        return symbol switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            "//" => FloorDivide(a, b),
            "%" => Modulo(a, b),
            "**" => Power(a, b),
            _ => throw new InvalidOperationException(symbol),
        };
    }

    private static double Modulo(double a, double b)
    {
        var rest = a % b;
        if (rest == 0)
            return Math.CopySign(0, b);
        return rest < 0 != b < 0 ? rest + b : rest;
    }

    // From the remainder, because a / b may be rounded up to the next whole number.
    private static double FloorDivide(double a, double b)
    {
        var rest = a % b;
        var quotient = (a - rest) / b - (rest != 0 && rest < 0 != b < 0 ? 1 : 0);
        if (quotient == 0)
            return Math.CopySign(0, a / b);
        var floor = Math.Floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    private static double Power(double a, double b)
    {
        if (a == 0 && b < 0)
            throw new TemplateException("0.0 cannot be raised to a negative power");
        if (a < 0 && double.IsFinite(a) && double.IsFinite(b) && !double.IsInteger(b))
            throw TemplateException.Unsupported("complex numbers, such as a root of a negative number");
        var power = Math.Pow(a, b);
        return double.IsInfinity(power) && double.IsFinite(a) && double.IsFinite(b)
            ? throw new TemplateException("the result of ** is too large for a float")
            : power;
    }
}
