using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Builtins;

/// <summary>Filters that apply a test or another filter to every element.</summary>
internal static class SelectingFilters
{
    public static IEnumerable<KeyValuePair<string, Builtin>> All { get; } = new Dictionary<string, Builtin>
    {
        ["select"] = static (context, value, arguments) => Select(context, value, arguments, byPart: false, wanted: true),
        ["reject"] = static (context, value, arguments) => Select(context, value, arguments, byPart: false, wanted: false),
        ["selectattr"] = static (context, value, arguments) => Select(context, value, arguments, byPart: true, wanted: true),
        ["rejectattr"] = static (context, value, arguments) => Select(context, value, arguments, byPart: true, wanted: false),
        ["map"] = Map,
    };

    private static TemplateSequence Select(RenderContext context, object? value, Arguments arguments, bool byPart, bool wanted)
    {
        if (IsNothing(value))
            return TemplateSequence.Generator([]);
        var positional = arguments.Positional;
        if (byPart && positional.Count == 0)
            throw new TemplateException("Missing parameter for attribute name");
        var path = byPart ? positional[0] : null;
        var rest = positional.Skip(byPart ? 1 : 0).ToList();
        var test = rest.Count > 0 ? Tests.Find(NameOf(rest[0])) : static (_, item, _) => PythonTypes.IsTrue(item);
        var given = new Arguments([.. rest.Skip(1)], arguments.Named);
        return TemplateSequence.Generator([.. PythonTypes.Iterate(context, value).Where(item =>
            PythonTypes.IsTrue(test(context, path is null ? item : Ordering.Part(context, item, path), given)) == wanted)]);
    }

    private static object? Map(RenderContext context, object? value, Arguments arguments)
    {
        if (IsNothing(value))
            return TemplateSequence.Generator([]);
        var items = PythonTypes.Iterate(context, value);
        if (arguments.Positional.Count == 0 && arguments.Named.Any(static a => a.Key == "attribute"))
        {
            var given = arguments.Bind("map", "attribute", "default");
            return TemplateSequence.Generator([.. items.Select(item => Ordering.Part(context, item, given[0], given[1]))]);
        }

        if (arguments.Positional.Count == 0)
            throw new TemplateException("map requires a filter argument");
        var filter = Filters.Find(NameOf(arguments.Positional[0]));
        var rest = new Arguments([.. arguments.Positional.Skip(1)], arguments.Named);
        return TemplateSequence.Generator([.. items.Select(item => filter(context, item, rest))]);
    }

    // Jinja looks at nothing else when the value is none, empty or undefined.
    private static bool IsNothing(object? value) => !PythonTypes.IsTrue(value);

    private static string NameOf(object? value) => value is TemplateText name
        ? name.Value
        : throw new TemplateException($"the name of a filter or test must be a string, not {PythonTypes.NameOf(value)}");
}
