using System.Globalization;
using System.Numerics;
using System.Text;

namespace CognitiveTools.Llama.Templates.Values;

/// <summary>Python's <c>str</c> and <c>repr</c>.</summary>
internal static class PythonText
{
    /// <summary>What printing a value writes.</summary>
    public static TemplateText Of(RenderContext context, object? value)
    {
        if (value is TemplateText text)
            return text.AsSafe(false);
        if (value is TemplateUndefined undefined)
            return undefined.IsForbidden ? throw undefined.Error() : TemplateText.Empty;
        var builder = new TextBuilder(context);
        Represent(builder, value);
        return builder.ToText();
    }

    /// <summary>Appends Python's <c>repr</c>.</summary>
    public static void Represent(TextBuilder builder, object? value)
    {
        RenderContext.RequireStack();
        builder.Context.Step();
        switch (value)
        {
            case null:
                builder.Own("None");
                break;
            case bool flag:
                builder.Own(flag ? "True" : "False");
                break;
            case BigInteger integer:
                builder.Own(integer.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                builder.Own(OfFloat(number));
                break;
            case TemplateText text:
                Quote(builder, text);
                break;
            case TemplateMap map:
                Entries(builder, map.Entries, "{", "}");
                break;
            case TemplateNamespace space:
                builder.Own("<Namespace ");
                Entries(
                    builder,
                    [.. space.Attributes.Select(static a => new KeyValuePair<object?, object?>(TemplateText.Own(a.Key), a.Value))],
                    "{", "}>");
                break;
            case TemplateSequence { Kind: SequenceKind.Range } range:
                throw TemplateException.Unsupported($"printing a range of {range.Items.Count} numbers; use the filter 'list'");
            case TemplateSequence { Kind: not SequenceKind.Generator } sequence:
                Sequence(builder, sequence);
                break;
            case TemplateUndefined undefined:
                builder.Own(undefined.IsForbidden ? throw undefined.Error() : "Undefined");
                break;
            default:
                throw TemplateException.Unsupported($"printing a value of type {PythonTypes.NameOf(value)}");
        }
    }

    /// <summary>A float as Python writes it: the shortest digits that read back as the same number.</summary>
    public static string OfFloat(double number)
    {
        if (!double.IsFinite(number))
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        var sign = double.IsNegative(number) ? "-" : "";
        var parts = Math.Abs(number).ToString("E16", CultureInfo.InvariantCulture).Split('E');
        var shortest = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).Split('E')[0];
        var digits = shortest.Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        if (digits.Length == 0)
            return sign + "0.0";
        var exponent = int.Parse(parts[1], CultureInfo.InvariantCulture);
        if (parts[0].StartsWith("9.99999", StringComparison.Ordinal) && digits.Length == 1 && digits[0] == '1')
            exponent++; // the shortest digits were rounded up to the next power of ten
        if (exponent is < -4 or >= 16)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }

        if (exponent < 0)
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        return digits.Length <= exponent + 1
            ? $"{sign}{digits.PadRight(exponent + 1, '0')}.0"
            : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    private static void Sequence(TextBuilder builder, TemplateSequence sequence)
    {
        var (open, close) = sequence.Kind switch
        {
            SequenceKind.List => ("[", "]"),
            SequenceKind.Tuple => ("(", sequence.Items.Count == 1 ? ",)" : ")"),
            _ => ($"{PythonTypes.NameOf(sequence)}([", "])"),
        };
        builder.Own(open);
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            builder.Own(i > 0 ? ", " : "");
            Represent(builder, sequence.Items[i]);
        }

        builder.Own(close);
    }

    private static void Entries(TextBuilder builder, IReadOnlyList<KeyValuePair<object?, object?>> entries, string open, string close)
    {
        builder.Own(open);
        for (var i = 0; i < entries.Count; i++)
        {
            builder.Own(i > 0 ? ", " : "");
            Represent(builder, entries[i].Key);
            builder.Own(": ");
            Represent(builder, entries[i].Value);
        }

        builder.Own(close);
    }

    private static void Quote(TextBuilder builder, TemplateText text)
    {
        var quote = text.Value.Contains('\'', StringComparison.Ordinal) && !text.Value.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        builder.Own($"{quote}");
        foreach (var (start, end, isContent) in text.Spans())
        {
            var escaped = new StringBuilder();
            for (var at = start; at < end;)
            {
                var width = Math.Min(text.WidthAt(at), end - at);
                escaped.Append(Escape(text.Value.AsSpan(at, width), quote));
                at += width;
            }

            builder.Append(escaped.ToString(), isContent);
        }

        builder.Own($"{quote}");
    }

    private static string Escape(ReadOnlySpan<char> character, char quote)
    {
        switch (character)
        {
            case "\\":
                return @"\\";
            case "\n":
                return @"\n";
            case "\r":
                return @"\r";
            case "\t":
                return @"\t";
        }

        if (character.Length == 1 && character[0] == quote)
            return "\\" + quote;
        var isRune = Rune.DecodeFromUtf16(character, out var rune, out _) == System.Buffers.OperationStatus.Done;
        if (isRune && (rune.Value == ' ' || IsPrintable(Rune.GetUnicodeCategory(rune))))
            return character.ToString();
        var code = isRune ? rune.Value : character[0];
        return code <= 0xff ? $"\\x{code:x2}" : code <= 0xffff ? $"\\u{code:x4}" : $"\\U{code:x8}";
    }

    private static bool IsPrintable(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);
}
