using System.Globalization;
using System.Numerics;
using System.Text;

namespace CognitiveTools.Llama.Templates.Values;

/// <summary>Python's two ways to put values into a string, <c>%</c> and <c>format</c>.</summary>
internal static class PythonFormat
{
    /// <summary><c>'%s and %d' % (a, b)</c>.</summary>
    public static TemplateText Percent(RenderContext context, TemplateText format, object? values)
    {
        RequirePlain(format, "the operator %");
        var positional = values is TemplateSequence { Kind: SequenceKind.Tuple } tuple ? tuple.Items : [values];
        var next = 0;
        var text = format.Value;
        var builder = new TextBuilder(context);
        for (var at = 0; at < text.Length;)
        {
            var mark = text.IndexOf('%', at);
            builder.Append(format.Slice(at, mark < 0 ? text.Length : mark));
            if (mark < 0)
                break;
            at = mark + 1;
            object? named = null;
            var isNamed = at < text.Length && text[at] == '(';
            if (isNamed)
            {
                var close = text.IndexOf(')', at);
                if (close < 0 || values is not TemplateMap map || !map.TryGet(TemplateText.Own(text[(at + 1)..close]), out named))
                    throw new TemplateException("format requires a mapping that has the key");
                at = close + 1;
            }

            var start = at;
            while (at < text.Length && "-+ #0123456789.".Contains(text[at], StringComparison.Ordinal))
                at++;
            if (at >= text.Length)
                throw new TemplateException("incomplete format");
            var (flags, type) = (text[start..at], text[at++]);
            if (type == '%')
            {
                builder.Own("%");
                continue;
            }

            if (!isNamed && next >= positional.Count)
                throw new TemplateException("not enough arguments for format string");
            builder.Append(PercentItem(context, isNamed ? named : positional[next++], flags, type));
        }

        return next < positional.Count && values is not (TemplateMap or TemplateSequence { Kind: not SequenceKind.Tuple })
            ? throw new TemplateException("not all arguments converted during string formatting")
            : builder.ToText();
    }

    /// <summary><c>'{} and {name:>5}'.format(...)</c>.</summary>
    public static TemplateText Braces(RenderContext context, TemplateText format, Arguments arguments)
    {
        RequirePlain(format, "the method 'format'");
        var builder = new TextBuilder(context);
        var text = format.Value;
        var next = 0;
        for (var at = 0; at < text.Length;)
        {
            var mark = text.AsSpan(at).IndexOfAny('{', '}');
            builder.Append(format.Slice(at, mark < 0 ? text.Length : at + mark));
            if (mark < 0)
                break;
            at += mark;
            if (at + 1 < text.Length && text[at + 1] == text[at])
            {
                builder.Append(format.Slice(at, at + 1));
                at += 2;
                continue;
            }

            var close = text.IndexOf('}', at);
            if (text[at] == '}' || close < 0)
                throw new TemplateException(text[at] == '}'
                    ? "Single '}' encountered in format string"
                    : "Single '{' encountered in format string");
            builder.Append(Field(context, text[(at + 1)..close], arguments, ref next));
            at = close + 1;
        }

        return builder.ToText();
    }

    /// <summary>Replaces the five characters that HTML reads otherwise, unless the text is marked as safe.</summary>
    public static TemplateText EscapeHtml(RenderContext context, TemplateText text)
    {
        if (text.IsSafe || text.Value.AsSpan().IndexOfAny("&<>'\"") < 0)
            return text;
        var builder = new TextBuilder(context);
        foreach (var (start, end, isContent) in text.Spans())
        {
            var part = text.Value[start..end].Replace("&", "&amp;", StringComparison.Ordinal)
                .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
                .Replace("'", "&#39;", StringComparison.Ordinal).Replace("\"", "&#34;", StringComparison.Ordinal);
            builder.Append(part, isContent);
        }

        return builder.ToText();
    }

    /// <summary>Refuses texts that the filter <c>safe</c> marked where Python would escape the other operand.</summary>
    public static void RequirePlain(TemplateText text, string operation)
    {
        if (text.IsSafe)
            throw TemplateException.Unsupported($"{operation} on a text marked as safe");
    }

    private static TemplateText PercentItem(RenderContext context, object? value, string flags, char type)
    {
        var left = flags.Contains('-', StringComparison.Ordinal);
        var spec = flags.Replace("-", "", StringComparison.Ordinal);
        switch (type)
        {
            case 's':
                return Pad(context, PythonText.Of(context, value), (left ? "<" : ">") + spec, "s");
            case 'r':
                return Pad(context, Represent(context, value), (left ? "<" : ">") + spec, "s");
            case 'd' or 'i' or 'u' when value is double number:
                return Number(context, new BigInteger(Math.Truncate(number)), (left ? "<" : "") + spec + "d");
            case 'd' or 'i' or 'u' or 'x' or 'X' or 'o' when PythonTypes.AsInteger(value) is { } integer:
                return Number(context, integer, (left ? "<" : "") + spec + (type is 'i' or 'u' ? 'd' : type));
            case 'f' or 'F' or 'e' or 'E' when PythonTypes.AsNumber(value) is { } number:
                return Number(context, number, (left ? "<" : "") + spec + type);
            default:
                throw TemplateException.Unsupported($"the format %{flags}{type} for a value of type {PythonTypes.NameOf(value)}");
        }
    }

    private static TemplateText Field(RenderContext context, string field, Arguments arguments, ref int next)
    {
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        var (name, spec) = colon < 0 ? (field, "") : (field[..colon], field[(colon + 1)..]);
        var conversion = "";
        if (name.IndexOf('!', StringComparison.Ordinal) is >= 0 and var bang)
            (name, conversion) = (name[..bang], name[(bang + 1)..]);
        if (name.AsSpan().IndexOfAny(".[") >= 0 || spec.Contains('{', StringComparison.Ordinal) || conversion is not ("" or "s" or "r"))
            throw TemplateException.Unsupported($"the format field {{{field}}}");
        object? value;
        if (name.Length == 0 || name.All(char.IsAsciiDigit))
        {
            var index = name.Length == 0 ? next++ : int.Parse(name, CultureInfo.InvariantCulture);
            if (index >= arguments.Positional.Count)
                throw new TemplateException($"Replacement index {index} out of range for positional args tuple");
            value = arguments.Positional[index];
        }
        else
        {
            var found = arguments.Named.FirstOrDefault(pair => pair.Key == name);
            value = found.Key is null ? throw new TemplateException($"KeyError: '{name}'") : found.Value;
        }

        if (conversion.Length > 0)
            value = conversion == "r" ? Represent(context, value) : PythonText.Of(context, value);
        return value switch
        {
            TemplateText text => Pad(context, text, spec, "s"),
            _ when spec.Length == 0 => PythonText.Of(context, value),
            bool or BigInteger or double => Number(context, value, spec),
            _ => throw new TemplateException($"unsupported format string passed to {PythonTypes.NameOf(value)}.__format__"),
        };
    }

    private static TemplateText Represent(RenderContext context, object? value)
    {
        var builder = new TextBuilder(context);
        PythonText.Represent(builder, value);
        return builder.ToText();
    }

    private static TemplateText Pad(RenderContext context, TemplateText text, string spec, string allowed)
    {
        if (spec.Length == 0)
            return text.AsSafe(false);
        var form = FormatSpec.Parse(spec, allowed);
        if (form.Precision is { } most)
            text = text.Slice(0, text.IndexOf(most));
        return form.Pad(context, text, '<');
    }

    private static TemplateText Number(RenderContext context, object value, string spec)
    {
        var form = FormatSpec.Parse(spec, value is double ? "fFeE%" : "dxXofFeE%");
        return form.Pad(context, TemplateText.Own(form.Digits(value)), '>');
    }
}
