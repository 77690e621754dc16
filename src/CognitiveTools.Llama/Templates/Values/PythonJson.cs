using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace CognitiveTools.Llama.Templates.Values;

/// <summary>JSON as Python's <c>json</c> module reads and writes it.</summary>
internal static class PythonJson
{
    /// <summary>A JSON value as a template's value; strings are texts of the conversation.</summary>
    public static object? Read(JsonElement element, bool isContent = true)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new TemplateMap();
                foreach (var property in element.EnumerateObject())
                    map.Set(Text(property.Name), Read(property.Value, isContent));
                return map;
            case JsonValueKind.Array:
                return TemplateSequence.List([.. element.EnumerateArray().Select(item => Read(item, isContent))]);
            case JsonValueKind.String:
                return Text(element.GetString()!);
            case JsonValueKind.Number:
                var digits = element.GetRawText();
                return digits.AsSpan().ContainsAny('.', 'e', 'E')
                    ? double.Parse(digits, CultureInfo.InvariantCulture)
                    : BigInteger.Parse(digits, CultureInfo.InvariantCulture);
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                return null;
        }

        TemplateText Text(string value) => isContent ? TemplateText.Content(value) : TemplateText.Own(value);
    }

    /// <summary>How a value is written.</summary>
    /// <param name="Ascii">Writes other characters as <c>\uXXXX</c>.</param>
    /// <param name="Indent">White space of one level; <see langword="null"/> for a single line.</param>
    /// <param name="ItemSeparator">Between elements.</param>
    /// <param name="KeySeparator">Between key and value.</param>
    /// <param name="SortKeys">In the order of their keys.</param>
    internal sealed record Style(
        bool Ascii = false, string? Indent = null, string ItemSeparator = ", ", string KeySeparator = ": ", bool SortKeys = false);

    /// <exception cref="TemplateException">A value has no form in JSON.</exception>
    public static TemplateText Write(RenderContext context, object? value, Style style)
    {
        var builder = new TextBuilder(context);
        Write(builder, value, style, 0);
        return builder.ToText();
    }

    private static void Write(TextBuilder builder, object? value, Style style, int level)
    {
        RenderContext.RequireStack();
        builder.Context.Step();
        switch (value)
        {
            case TemplateText text:
                Quote(builder, text, style);
                break;
            case TemplateMap map:
                WriteMap(builder, map, style, level);
                break;
            case TemplateSequence { Kind: SequenceKind.List or SequenceKind.Tuple } sequence:
                WriteAll(builder, "[", "]", sequence.Items, style, level, item => Write(builder, item, style, level + 1));
                break;
            case TemplateUndefined { IsForbidden: true } undefined:
                throw undefined.Error();
            default:
                builder.Own(Scalar(value)
                    ?? throw new TemplateException($"Object of type {PythonTypes.NameOf(value)} is not JSON serializable"));
                break;
        }
    }

    private static void WriteMap(TextBuilder builder, TemplateMap map, Style style, int level)
    {
        IEnumerable<KeyValuePair<object?, object?>> entries = map.Entries;
        if (style.SortKeys)
            entries = PythonComparison.Sort(map.Entries, static (a, b) => PythonComparison.Compare("<", a.Key, b.Key) ?? 0);
        WriteAll(builder, "{", "}", [.. entries], style, level, entry =>
        {
            var key = entry.Key as TemplateText
                ?? TemplateText.Own(Scalar(entry.Key)
                    ?? throw new TemplateException("keys must be str, int, float, bool or None, not " + PythonTypes.NameOf(entry.Key)));
            Quote(builder, key, style);
            builder.Own(style.KeySeparator);
            Write(builder, entry.Value, style, level + 1);
        });
    }

    private static void WriteAll<T>(
        TextBuilder builder, string open, string close, IReadOnlyList<T> items, Style style, int level, Action<T> write)
    {
        builder.Own(open);
        for (var i = 0; i < items.Count; i++)
        {
            builder.Own(i > 0 ? style.ItemSeparator : "");
            Break(level + 1);
            write(items[i]);
        }

        if (items.Count > 0)
            Break(level);
        builder.Own(close);

        void Break(int depth)
        {
            if (style.Indent is not { } indent)
                return;
            builder.Own("\n");
            for (var i = 0; i < depth; i++)
                builder.Own(indent);
        }
    }

    private static string? Scalar(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        BigInteger integer => integer.ToString(CultureInfo.InvariantCulture),
        double number => double.IsNaN(number) ? "NaN"
            : double.IsInfinity(number) ? (number > 0 ? "Infinity" : "-Infinity")
            : PythonText.OfFloat(number),
        _ => null,
    };

    private static void Quote(TextBuilder builder, TemplateText text, Style style)
    {
        builder.Own("\"");
        foreach (var (start, end, isContent) in text.Spans())
        {
            var escaped = new StringBuilder(end - start + 8);
            foreach (var character in text.Value.AsSpan(start, end - start))
                Escape(escaped, character, style.Ascii);
            builder.Append(escaped.ToString(), isContent);
        }

        builder.Own("\"");
    }

    private static void Escape(StringBuilder text, char character, bool ascii) => _ = character switch
    {
        '"' => text.Append("\\\""),
        '\\' => text.Append(@"\\"),
        '\n' => text.Append(@"\n"),
        '\r' => text.Append(@"\r"),
        '\t' => text.Append(@"\t"),
        '\f' => text.Append(@"\f"),
        '\b' => text.Append(@"\b"),
        < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
        >= '\u007f' when ascii && character != '\u007f' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
        _ => text.Append(character),
    };
}
