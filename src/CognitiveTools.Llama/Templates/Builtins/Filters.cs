using System.Collections.Frozen;
using System.Numerics;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Builtins;

/// <summary>Jinja's filters, with the <c>tojson</c> of Hugging Face's transformers.</summary>
internal static class Filters
{
    private static readonly FrozenDictionary<string, Builtin> All =
        new[] { Simple, TextFilters.All, SequenceFilters.All, SelectingFilters.All }
            .SelectMany(static filters => filters).ToFrozenDictionary();

    // Jinja has these, but a chat template has no use for them.
    private static readonly FrozenSet<string> Others =
        FrozenSet.Create("filesizeformat", "pprint", "random", "striptags", "urlencode", "urlize", "wordwrap", "xmlattr");

    private static Dictionary<string, Builtin> Simple => new()
    {
        ["default"] = Default,
        ["d"] = Default,
        ["length"] = static (_, value, _) => PythonTypes.LengthOf(value),
        ["count"] = static (_, value, _) => PythonTypes.LengthOf(value),
        ["string"] = static (context, value, _) => value as TemplateText ?? PythonText.Of(context, value),
        ["list"] = static (context, value, _) => TemplateSequence.List(PythonTypes.Iterate(context, value)),
        ["tojson"] = ToJson,
        ["items"] = Items,
        ["attr"] = static (context, value, arguments) => Attributes.Get(context, value, arguments.Bind("attr", "name").Text(0).Value)
            is var found
            && value is TemplateMap ? throw TemplateException.Unsupported("the filter 'attr' on a mapping") : found,
        ["abs"] = static (_, value, _) => value switch
        {
            double number => Math.Abs(number),
            _ when PythonTypes.AsInteger(value) is { } integer => BigInteger.Abs(integer),
            TemplateUndefined undefined => throw undefined.Error(),
            _ => throw new TemplateException($"bad operand type for abs(): '{PythonTypes.NameOf(value)}'"),
        },
        ["int"] = Integer,
        ["float"] = static (_, value, arguments) => Number(value) ?? arguments.Bind("float", "default").Or(0, 0.0),
        ["round"] = Round,
    };

    public static bool Has(string name) => All.ContainsKey(name) || Others.Contains(name);

    public static TemplateException Missing(string name) => new($"there is no filter '{name}' in Jinja");

    /// <exception cref="TemplateException">There is no such filter.</exception>
    public static Builtin Find(string name) => All.TryGetValue(name, out var filter) ? filter
        : throw (Others.Contains(name) ? TemplateException.Unsupported($"the filter '{name}'") : Missing(name));

    private static object? Default(RenderContext context, object? value, Arguments arguments)
    {
        var given = arguments.Bind("default", "default_value", "boolean");
        return value is TemplateUndefined || given.Flag(1) && !PythonTypes.IsTrue(value) ? given.Or(0, TemplateText.Empty) : value;
    }

    private static object? ToJson(RenderContext context, object? value, Arguments arguments)
    {
        var given = arguments.Bind("tojson", "ensure_ascii", "indent", "separators", "sort_keys");
        var indent = given[1] switch
        {
            null => null,
            TemplateText text => text.Value,
            _ => TextFilters.Spaces(given.Integer(1)),
        };
        var style = new PythonJson.Style(given.Flag(0), indent, indent is null ? ", " : ",", SortKeys: given.Flag(3));
        if (given[2] is TemplateSequence { Items: [TemplateText item, TemplateText key] })
            style = style with { ItemSeparator = item.Value, KeySeparator = key.Value };
        else if (given[2] is not null)
            throw new TemplateException("tojson() wants two strings for 'separators'");
        return PythonJson.Write(context, value, style);
    }

    private static object? Items(RenderContext context, object? value, Arguments arguments) => value switch
    {
        TemplateUndefined { IsForbidden: false } => TemplateSequence.Generator([]),
        TemplateMap map => TemplateSequence.Generator([.. map.Entries.Select(static e => TemplateSequence.Tuple(e.Key, e.Value))]),
        _ => throw new TemplateException("Can only get item pairs from a mapping."),
    };

    private static object? Integer(RenderContext context, object? value, Arguments arguments)
    {
        var given = arguments.Bind("int", "default", "base");
        var otherwise = given.Or(0, BigInteger.Zero);
        switch (value)
        {
            case bool or BigInteger:
                return PythonTypes.AsInteger(value);
            case double number:
                return double.IsFinite(number) ? new BigInteger(Math.Truncate(number)) : otherwise;
            case TemplateText text:
                if (given.Integer(1, 10) != 10)
                    throw TemplateException.Unsupported("the filter 'int' with another base than 10");
                var digits = PythonStrings.Strip(text, null).Value;
                if (digits.Length <= 4300 && PythonNumbers.ParseInteger(digits) is { } integer)
                    return integer;
                return PythonNumbers.ParseFloat(digits) is { } real && double.IsFinite(real)
                    ? new BigInteger(Math.Truncate(real))
                    : otherwise;
            case TemplateUndefined { IsForbidden: true } undefined:
                throw undefined.Error();
            case TemplateUndefined undefined:
                throw undefined.Error();
            default:
                return otherwise;
        }
    }

    private static object? Number(object? value) => value switch
    {
        TemplateText text => PythonNumbers.ParseFloat(PythonStrings.Strip(text, null).Value),
        TemplateUndefined undefined => throw undefined.Error(),
        _ => PythonTypes.AsNumber(value),
    };

    private static object? Round(RenderContext context, object? value, Arguments arguments)
    {
        var given = arguments.Bind("round", "precision", "method");
        var (precision, method) = (given.Integer(0, 0), given.Text(1, "common").Value);
        if (value is TemplateUndefined undefined)
            throw undefined.Error();
        var number = PythonTypes.AsNumber(value)
            ?? throw new TemplateException($"type {PythonTypes.NameOf(value)} doesn't define __round__ method");
        var factor = Math.Pow(10, precision);
        return method switch
        {
            "common" when value is not double => PythonTypes.AsInteger(value) is { } integer && precision >= 0
                ? integer
                : throw TemplateException.Unsupported("the filter 'round' on integers with a negative precision"),
            "common" => PythonNumbers.Round(number, precision),
            "ceil" => Math.Ceiling(number * factor) / factor,
            "floor" => Math.Floor(number * factor) / factor,
            _ => throw new TemplateException("method must be common, ceil or floor"),
        };
    }
}
