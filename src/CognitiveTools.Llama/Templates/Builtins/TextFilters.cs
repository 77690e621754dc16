using System.Numerics;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Builtins;

/// <summary>Filters of strings; other values become strings first.</summary>
internal static class TextFilters
{
    private const int WidestIndent = 1000;

    private delegate object? TextFilter(RenderContext context, TemplateText text, Arguments arguments);

    public static IEnumerable<KeyValuePair<string, Builtin>> All { get; } = new Dictionary<string, TextFilter>
    {
        ["trim"] = static (_, text, arguments) =>
            PythonStrings.Strip(text, arguments.Bind("trim", "chars") is var given && given[0] is not null ? given.Text(0).Value : null)
                .AsSafe(text.IsSafe),
        ["upper"] = static (context, text, _) => PythonStrings.Upper(context, text).AsSafe(text.IsSafe),
        ["lower"] = static (context, text, _) => PythonStrings.Lower(context, text).AsSafe(text.IsSafe),
        ["capitalize"] = static (context, text, _) => PythonStrings.Capitalize(context, text).AsSafe(text.IsSafe),
        ["title"] = static (context, text, _) => PythonStrings.CapitalizeWords(context, text),
        ["replace"] = static (context, text, arguments) =>
        {
            PythonFormat.RequirePlain(text, "the filter 'replace'");
            var given = arguments.Bind("replace", "old", "new", "count");
            return PythonStrings.Replace(context, text, given.Text(0), given.Text(1), given[2] is null ? -1 : given.Integer(2));
        },
        ["safe"] = static (_, text, _) => text.AsSafe(),
        ["escape"] = static (context, text, _) => PythonFormat.EscapeHtml(context, text).AsSafe(),
        ["e"] = static (context, text, _) => PythonFormat.EscapeHtml(context, text).AsSafe(),
        ["forceescape"] = static (context, text, _) => PythonFormat.EscapeHtml(context, text.AsSafe(false)).AsSafe(),
        ["center"] = static (context, text, arguments) => StringMethods.All["center"](
            context, text, new([new BigInteger(arguments.Bind("center", "width").Integer(0, 80))], [])),
        ["format"] = static (context, text, arguments) => arguments.Named.Count > 0 && arguments.Positional.Count > 0
            ? throw new TemplateException("can't handle positional and keyword arguments at the same time")
            : PythonFormat.Percent(context, text, arguments.Named.Count > 0 ? Named(arguments) : Positional(arguments)),
        ["indent"] = Indent,
        ["truncate"] = Truncate,
        ["wordcount"] = static (_, text, _) => new BigInteger(
            System.Text.RegularExpressions.Regex.Count(text.Value, @"\w+", default, TimeSpan.FromSeconds(1))),
    }.Select(static pair => new KeyValuePair<string, Builtin>(pair.Key, (context, value, arguments) =>
    {
        var text = value as TemplateText ?? PythonText.Of(context, value);
        context.Charge(text.Value.Length);
        return pair.Value(context, text, arguments);
    })).ToArray();

    private static TemplateSequence Positional(Arguments arguments) => TemplateSequence.Tuple([.. arguments.Positional]);

    private static TemplateMap Named(Arguments arguments)
    {
        var map = new TemplateMap();
        foreach (var (name, value) in arguments.Named)
            map.Set(name, value);
        return map;
    }

    private static TemplateText Indent(RenderContext context, TemplateText text, Arguments arguments)
    {
        var given = arguments.Bind("indent", "width", "first", "blank");
        var indent = given[0] as TemplateText ?? TemplateText.Own(Spaces(given.Integer(0, 4)));
        // Python adds a line break before it splits, so a text that ends with one keeps it.
        var lines = StringSplit.Lines(
            TextBuilder.Join(context, text, TemplateText.Own("\n")), Arguments.None).Items.Cast<TemplateText>().ToArray();
        var builder = new TextBuilder(context);
        if (given.Flag(1))
            builder.Append(indent);
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
                builder.Own("\n");
            if (i > 0 && (given.Flag(2) || lines[i].Value.Length > 0))
                builder.Append(indent);
            builder.Append(lines[i]);
        }

        return builder.ToText();
    }

    /// <summary>White space of an indent.</summary>
    /// <exception cref="TemplateException">It is wider than any text needs.</exception>
    public static string Spaces(int width) => width <= WidestIndent
        ? new(' ', Math.Max(0, width))
        : throw TemplateException.Unsupported($"an indent of more than {WidestIndent} characters");

    private static TemplateText Truncate(RenderContext context, TemplateText text, Arguments arguments)
    {
        var given = arguments.Bind("truncate", "length", "killwords", "end", "leeway");
        var (length, end, leeway) = (given.Integer(0, 255), given.Text(2, "..."), given[3] is null ? 5 : given.Integer(3));
        if (length < end.Length || leeway < 0)
            throw new TemplateException($"expected length >= {end.Length}, got {length}");
        if (text.Length <= length + leeway)
            return text;
        var cut = text.Slice(0, text.IndexOf(length - end.Length));
        if (!given.Flag(1) && cut.Value.LastIndexOf(' ') is >= 0 and var space)
            cut = cut.Slice(0, space);
        return TextBuilder.Join(context, cut, end);
    }
}
