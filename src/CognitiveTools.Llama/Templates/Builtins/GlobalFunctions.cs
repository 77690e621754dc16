using System.Collections.Frozen;
using System.Numerics;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Builtins;

/// <summary>Global functions: Jinja's, and the two of Hugging Face's transformers.</summary>
internal static class GlobalFunctions
{
    private const int LongestRange = 100_000; // of Jinja's sandbox

    public static FrozenDictionary<string, object?> All { get; } = new Dictionary<string, object?>
    {
        ["range"] = Function("range", Range),
        ["dict"] = Function("dict", static (context, arguments) => Map(context, "dict", arguments)),
        ["namespace"] = Function("namespace", Namespace),
        ["cycler"] = Function("cycler", static (_, arguments) => new Cycler(arguments.Positional)),
        ["joiner"] = Function("joiner", static (_, arguments) => new Joiner(arguments.Bind("joiner", "sep").Text(0, ", "))),
        ["lipsum"] = Function("lipsum", static (_, _) => throw TemplateException.Unsupported("the function 'lipsum'")),
        ["raise_exception"] = Function("raise_exception", static (context, arguments) =>
            throw new TemplateException($"the template refuses the conversation: {Message(context, arguments)}") { IsRefusal = true }),
        ["strftime_now"] = Function("strftime_now", static (context, arguments) =>
            TemplateText.Own(PythonTime.Format(context.Now, arguments.Bind("strftime_now", "format").Text(0).Value))),
    }.ToFrozenDictionary();

    private static TemplateFunction Function(string name, Func<RenderContext, Arguments, object?> body) => new(name, body);

    private static TemplateText Message(RenderContext context, Arguments arguments) =>
        PythonText.Of(context, arguments.Bind("raise_exception", "message").Required(0));

    private static TemplateSequence Range(RenderContext context, Arguments arguments)
    {
        if (arguments.Named.Count > 0 || arguments.Positional.Count is 0 or > 3)
            throw new TemplateException("range() takes one to three arguments by position");
        var numbers = arguments.Positional.Select(static value => PythonTypes.AsInteger(value)
            ?? throw new TemplateException($"'{PythonTypes.NameOf(value)}' object cannot be interpreted as an integer")).ToArray();
        var (start, stop) = numbers.Length == 1 ? (BigInteger.Zero, numbers[0]) : (numbers[0], numbers[1]);
        var step = numbers.Length == 3 ? numbers[2] : BigInteger.One;
        if (step.IsZero)
            throw new TemplateException("range() arg 3 must not be zero");
        var length = BigInteger.Max(0, (stop - start + step - step.Sign) / step);
        if (length > LongestRange)
            throw new TemplateException($"Range too big. The sandbox blocks ranges larger than {LongestRange}.");
        context.Step((long)length);
        var items = new object?[(int)length];
        for (var i = 0; i < items.Length; i++)
            items[i] = start + i * step;
        return new(SequenceKind.Range, items);
    }

    private static TemplateNamespace Namespace(RenderContext context, Arguments arguments)
    {
        var space = new TemplateNamespace();
        foreach (var (key, value) in Map(context, "namespace", arguments).Entries)
            space.Attributes[PythonText.Of(context, key).Value] = value;
        return space;
    }

    private static TemplateMap Map(RenderContext context, string function, Arguments arguments)
    {
        if (arguments.Positional.Count > 1)
            throw new TemplateException($"{function} expected at most 1 argument, got {arguments.Positional.Count}");
        var map = new TemplateMap();
        if (arguments.Positional is [TemplateMap given])
        {
            foreach (var (key, value) in given.Entries)
                map.Set(key, value);
        }
        else if (arguments.Positional is [var pairs])
        {
            foreach (var pair in PythonTypes.Iterate(context, pairs))
            {
                if (PythonTypes.Iterate(context, pair) is not [var key, var value])
                    throw new TemplateException("dictionary update sequence element has not length 2");
                map.Set(key, value);
            }
        }

        foreach (var (name, value) in arguments.Named)
            map.Set(name, value);
        return map;
    }

    private sealed class Joiner(TemplateText separator) : TemplateCallable("joiner"), ITemplateObject
    {
        private bool _isUsed;

        public override object? Call(RenderContext context, Arguments arguments)
        {
            (var used, _isUsed) = (_isUsed, true);
            return used ? separator : TemplateText.Empty;
        }

        public bool TryGetAttribute(string name, out object? value)
        {
            value = name switch
            {
                "sep" => separator,
                "used" => _isUsed,
                _ => this,
            };
            return !ReferenceEquals(value, this);
        }
    }

    private sealed class Cycler(IReadOnlyList<object?> items) : ITemplateObject
    {
        private int _at;

        public bool TryGetAttribute(string name, out object? value)
        {
            value = name switch
            {
                _ when items.Count == 0 => throw new TemplateException("at least one item has to be provided"),
                "items" => TemplateSequence.Tuple([.. items]),
                "pos" => new BigInteger(_at),
                "current" => items[_at],
                "next" => Function("next", (_, _) => items[(_at = (_at + 1) % items.Count) is 0 ? items.Count - 1 : _at - 1]),
                "reset" => Function("reset", (_, _) => Reset()),
                _ => this,
            };
            return !ReferenceEquals(value, this);
        }

        private object? Reset()
        {
            _at = 0;
            return null;
        }
    }
}
