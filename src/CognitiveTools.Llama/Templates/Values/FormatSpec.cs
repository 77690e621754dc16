using System.Globalization;
using System.Numerics;

namespace CognitiveTools.Llama.Templates.Values;

/// <summary>Python's format specification: <c>[[fill]align][sign][0][width][,][.precision][type]</c>.</summary>
internal sealed record FormatSpec(char Fill, char Align, char Sign, int Width, bool Groups, int? Precision, char Type)
{
    /// <exception cref="TemplateException">The specification is malformed, or this renderer lacks it.</exception>
    public static FormatSpec Parse(string spec, string allowedTypes)
    {
        var at = 0;
        var (fill, align, sign) = (' ', '\0', '-');
        if (spec.Length > 1 && "<>^=".Contains(spec[1], StringComparison.Ordinal))
            (fill, align, at) = (spec[0], spec[1], 2);
        else if (spec.Length > 0 && "<>^=".Contains(spec[0], StringComparison.Ordinal))
            (align, at) = (spec[0], 1);
        if (at < spec.Length && "+- ".Contains(spec[at], StringComparison.Ordinal))
            sign = spec[at++];
        if (at < spec.Length && spec[at] == '0')
            (fill, align, at) = (align == '\0' ? '0' : fill, align == '\0' ? '=' : align, at + 1);
        var width = Digits(0);
        var groups = at < spec.Length && spec[at] == ',';
        if (groups)
            at++;
        int? precision = null;
        if (at < spec.Length && spec[at] == '.')
        {
            at++;
            precision = Digits(null) ?? throw new TemplateException("Format specifier missing precision");
        }

        var type = at < spec.Length ? spec[at++] : '\0';
        if (at < spec.Length || type != '\0' && !allowedTypes.Contains(type, StringComparison.Ordinal))
            throw TemplateException.Unsupported($"the format specification '{spec}'");
        return new(fill, align, sign, width!.Value, groups, precision, type);

        int? Digits(int? otherwise)
        {
            var start = at;
            while (at < spec.Length && char.IsAsciiDigit(spec[at]))
                at++;
            return start == at ? otherwise
                : int.TryParse(spec.AsSpan(start, at - start), CultureInfo.InvariantCulture, out var number) ? number
                : throw new TemplateException("Too many decimal digits in format string");
        }
    }

    public string Digits(object value)
    {
        var integer = PythonTypes.AsInteger(value);
        var group = Groups ? "N" : "F";
        var text = Type switch
        {
            '\0' or 'd' when integer is { } whole && Precision is null =>
                BigInteger.Abs(whole).ToString(Groups ? "N0" : "R", CultureInfo.InvariantCulture),
            'x' or 'X' or 'o' when integer is { } whole => InBase(BigInteger.Abs(whole), Type),
            'f' or 'F' => Math.Abs(Number()).ToString($"{group}{Precision ?? 6}", CultureInfo.InvariantCulture),
            '%' => (Math.Abs(Number()) * 100).ToString($"{group}{Precision ?? 6}", CultureInfo.InvariantCulture) + "%",
            'e' or 'E' => Exponent(Math.Abs(Number())),
            '\0' when Precision is null && !Groups => PythonText.OfFloat(Math.Abs(Number())),
            _ => throw TemplateException.Unsupported($"the number format '{Type}' with precision and groups"),
        };
        var isNegative = integer is { } sign ? sign.Sign < 0 : double.IsNegative(Number());
        return (isNegative ? "-" : Sign == '-' ? "" : $"{Sign}") + text;

        double Number() => PythonTypes.AsNumber(value)!.Value;
    }

    public TemplateText Pad(RenderContext context, TemplateText text, char alignment)
    {
        var missing = Width - text.Length;
        if (missing <= 0)
            return text;
        context.Charge(Width);
        var align = Align == '\0' ? alignment : Align;
        var sign = align == '=' && text.Value.Length > 0 && "+- ".Contains(text.Value[0], StringComparison.Ordinal) ? 1 : 0;
        var before = align switch { '<' => 0, '^' => missing / 2, _ => missing };
        return TextBuilder.Join(
            context, text.Slice(0, sign), TemplateText.Own(new(Fill, before)), text.Slice(sign, text.Value.Length),
            TemplateText.Own(new(Fill, missing - before)));
    }

    private string Exponent(double number)
    {
        var parts = number.ToString($"E{Precision ?? 6}", CultureInfo.InvariantCulture).Split('E');
        var exponent = int.Parse(parts[1], CultureInfo.InvariantCulture);
        return $"{parts[0]}{Type}{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private static string InBase(BigInteger value, char type)
    {
        var (radix, digits) = (type == 'o' ? 8 : 16, "");
        do
        {
            digits = "0123456789abcdef"[(int)(value % radix)] + digits;
            value /= radix;
        }
        while (!value.IsZero);
        return type == 'X' ? digits.ToUpperInvariant() : digits;
    }
}
