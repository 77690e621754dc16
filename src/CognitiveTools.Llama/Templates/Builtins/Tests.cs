using System.Collections.Frozen;
using System.Numerics;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Builtins;

/// <summary>Jinja's tests: <c>value is name</c>.</summary>
internal static class Tests
{
    private static readonly FrozenDictionary<string, Builtin> All = new Dictionary<string, Builtin>
    {
        ["defined"] = static (_, value, _) => value is not TemplateUndefined,
        ["undefined"] = static (_, value, _) => value is TemplateUndefined,
        ["none"] = static (_, value, _) => value is null,
        ["boolean"] = static (_, value, _) => value is bool,
        ["true"] = static (_, value, _) => value is true,
        ["false"] = static (_, value, _) => value is false,
        ["string"] = static (_, value, _) => value is TemplateText,
        ["integer"] = static (_, value, _) => value is BigInteger,
        ["float"] = static (_, value, _) => value is double,
        ["number"] = static (_, value, _) => PythonTypes.IsNumber(value),
        ["mapping"] = static (_, value, _) => value is TemplateMap,
        ["iterable"] = static (_, value, _) => value is TemplateText or TemplateMap or TemplateSequence or TemplateUndefined,
        ["sequence"] = static (_, value, _) =>
            value is TemplateText or TemplateMap or TemplateUndefined or TemplateSequence { CanBeIndexed: true },
        ["callable"] = static (_, value, _) => value is TemplateCallable or TemplateUndefined,
        ["escaped"] = static (_, value, _) => value is TemplateText { IsSafe: true },
        ["sameas"] = static (_, value, arguments) => IsSame(value, arguments.Bind("sameas", "other").Required(0)),
        ["in"] = static (context, value, arguments) =>
            PythonComparison.Contains(context, arguments.Bind("in", "seq").Required(0), value),
        ["even"] = static (_, value, _) => Remainder(value, 2).IsZero,
        ["odd"] = static (_, value, _) => !Remainder(value, 2).IsZero,
        ["divisibleby"] = static (_, value, arguments) => Remainder(value, arguments.Bind("divisibleby", "num").Big(0)).IsZero,
        ["lower"] = static (context, value, _) => PythonStrings.HasCase(PythonText.Of(context, value).Value, upper: false),
        ["upper"] = static (context, value, _) => PythonStrings.HasCase(PythonText.Of(context, value).Value, upper: true),
        ["filter"] = static (_, value, _) => value is TemplateText name && Filters.Has(name.Value),
        ["test"] = static (_, value, _) => value is TemplateText name && Has(name.Value),
        ["eq"] = Comparison("=="),
        ["equalto"] = Comparison("=="),
        ["=="] = Comparison("=="),
        ["ne"] = Comparison("!="),
        ["!="] = Comparison("!="),
        ["lt"] = Comparison("<"),
        ["lessthan"] = Comparison("<"),
        ["<"] = Comparison("<"),
        ["le"] = Comparison("<="),
        ["<="] = Comparison("<="),
        ["gt"] = Comparison(">"),
        ["greaterthan"] = Comparison(">"),
        [">"] = Comparison(">"),
        ["ge"] = Comparison(">="),
        [">="] = Comparison(">="),
    }.ToFrozenDictionary();

    public static bool Has(string name) => All.ContainsKey(name);

    public static TemplateException Missing(string name) => new($"there is no test '{name}' in Jinja");

    /// <exception cref="TemplateException">There is no such test.</exception>
    public static Builtin Find(string name) => All.TryGetValue(name, out var test) ? test : throw Missing(name);

    /// <summary>One comparison of an expression.</summary>
    public static bool Compare(RenderContext context, string symbol, object? left, object? right)
    {
        context.Charge(Math.Min((left as TemplateText)?.Value.Length ?? 1, (right as TemplateText)?.Value.Length ?? 1));
        return symbol switch
        {
            "==" => PythonComparison.AreEqual(left, right),
            "!=" => !PythonComparison.AreEqual(left, right),
            "in" => PythonComparison.Contains(context, right, left),
            "not in" => !PythonComparison.Contains(context, right, left),
            "<" => PythonComparison.Compare(symbol, left, right) < 0,
            "<=" => PythonComparison.Compare(symbol, left, right) <= 0,
            ">" => PythonComparison.Compare(symbol, left, right) > 0,
            _ => PythonComparison.Compare(symbol, left, right) >= 0,
        };
    }

    private static Builtin Comparison(string symbol) => (context, value, arguments) =>
        Compare(context, symbol, value, arguments.Bind(symbol, "other").Required(0));

    private static bool IsSame(object? left, object? right) => (left, right) switch
    {
        (bool a, bool b) => a == b,
        (null, null) => true,
        (TemplateText or BigInteger or double, TemplateText or BigInteger or double) =>
            throw TemplateException.Unsupported("the test 'sameas' on strings and numbers"),
        _ => ReferenceEquals(left, right),
    };

    private static BigInteger Remainder(object? value, BigInteger divisor) => PythonTypes.AsInteger(value) is { } number && !divisor.IsZero
        ? BigInteger.Remainder(number, divisor)
        : throw new TemplateException($"a remainder wants integers, not {PythonTypes.NameOf(value)}");
}
