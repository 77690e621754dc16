using System.Collections.Frozen;
using System.Numerics;
using System.Text;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Builtins;

/// <summary>Methods of strings.</summary>
internal static class StringMethods
{
    private delegate object? Method(RenderContext context, TemplateText text, Arguments arguments);

    /// <summary>Methods of Python's strings that this renderer lacks.</summary>
    public static IReadOnlyList<string> Others { get; } = ["encode", "expandtabs", "format_map", "maketrans", "translate", "zfill"];

    public static FrozenDictionary<string, Builtin> All { get; } = new Dictionary<string, Method>
    {
        ["strip"] = static (_, text, arguments) => Strip("strip", text, arguments, left: true, right: true),
        ["lstrip"] = static (_, text, arguments) => Strip("lstrip", text, arguments, left: true, right: false),
        ["rstrip"] = static (_, text, arguments) => Strip("rstrip", text, arguments, left: false, right: true),
        ["upper"] = static (context, text, _) => PythonStrings.Upper(context, text),
        ["lower"] = static (context, text, _) => PythonStrings.Lower(context, text),
        ["casefold"] = static (context, text, _) => text.Value.All(char.IsAscii)
            ? PythonStrings.Lower(context, text)
            : throw TemplateException.Unsupported("the method 'casefold' on other characters than ASCII"),
        ["capitalize"] = static (context, text, _) => PythonStrings.Capitalize(context, text),
        ["title"] = static (context, text, _) => PythonStrings.Title(context, text),
        ["swapcase"] = static (context, text, _) => Swap(context, text),
        ["startswith"] = static (_, text, arguments) => Any("startswith", text, arguments, static (value, part) =>
            value.StartsWith(part, StringComparison.Ordinal)),
        ["endswith"] = static (_, text, arguments) => Any("endswith", text, arguments, static (value, part) =>
            value.EndsWith(part, StringComparison.Ordinal)),
        ["split"] = static (context, text, arguments) => StringSplit.Split(context, text, arguments, fromRight: false),
        ["rsplit"] = static (context, text, arguments) => StringSplit.Split(context, text, arguments, fromRight: true),
        ["splitlines"] = static (_, text, arguments) => StringSplit.Lines(text, arguments),
        ["partition"] = static (_, text, arguments) => StringSplit.Partition(text, arguments, fromRight: false),
        ["rpartition"] = static (_, text, arguments) => StringSplit.Partition(text, arguments, fromRight: true),
        ["replace"] = static (context, text, arguments) =>
        {
            var given = arguments.Bind("replace", "old", "new", "count");
            return PythonStrings.Replace(context, text, given.Text(0), given.Text(1), given.Integer(2, -1));
        },
        ["join"] = static (context, text, arguments) => Join(context, text, arguments),
        ["format"] = static (context, text, arguments) => PythonFormat.Braces(context, text, arguments),
        ["find"] = static (_, text, arguments) => Find("find", text, arguments, fromRight: false),
        ["rfind"] = static (_, text, arguments) => Find("rfind", text, arguments, fromRight: true),
        ["index"] = static (_, text, arguments) => Index("index", text, arguments, fromRight: false),
        ["rindex"] = static (_, text, arguments) => Index("rindex", text, arguments, fromRight: true),
        ["count"] = static (_, text, arguments) => Count(text, arguments),
        ["removeprefix"] = static (_, text, arguments) => arguments.Bind("removeprefix", "prefix").Text(0).Value is var part
            && text.Value.StartsWith(part, StringComparison.Ordinal) ? text.Slice(part.Length, text.Value.Length) : text,
        ["removesuffix"] = static (_, text, arguments) => arguments.Bind("removesuffix", "suffix").Text(0).Value is var part
            && text.Value.EndsWith(part, StringComparison.Ordinal) ? text.Slice(0, text.Value.Length - part.Length) : text,
        ["center"] = static (context, text, arguments) => Center(context, text, arguments),
        ["ljust"] = static (context, text, arguments) => Justify(context, "ljust", text, arguments, '<'),
        ["rjust"] = static (context, text, arguments) => Justify(context, "rjust", text, arguments, '>'),
        ["isspace"] = static (_, text, _) => text.Value.Length > 0 && text.Value.All(PythonStrings.IsSpace),
        ["isupper"] = static (_, text, _) => PythonStrings.HasCase(text.Value, upper: true),
        ["islower"] = static (_, text, _) => PythonStrings.HasCase(text.Value, upper: false),
        ["istitle"] = static (context, text, _) => Enumerable.Range(0, text.Value.Length).Any(at => PythonTitles.IsCased(text.Value, at))
            && text.Equals(PythonStrings.Title(context, text)),
        ["isascii"] = static (_, text, _) => text.Value.All(char.IsAscii),
        ["isalpha"] = static (_, text, _) => AllRunes(text, Rune.IsLetter),
        ["isalnum"] = static (_, text, _) => AllRunes(text, static rune => Rune.IsLetterOrDigit(rune) || Rune.IsNumber(rune)),
        ["isdecimal"] = static (_, text, _) => AllRunes(text, Rune.IsDigit),
        ["isdigit"] = static (_, text, _) => AllRunes(text, static rune => Rune.IsDigit(rune) || "²³¹⁰⁴⁵⁶⁷⁸⁹".Contains(rune.ToString())),
        ["isnumeric"] = static (_, text, _) => AllRunes(text, Rune.IsNumber),
        ["isidentifier"] = static (_, text, _) => text.Value.Length > 0 && !char.IsAsciiDigit(text.Value[0])
            && text.Value.All(static c => c == '_' || char.IsLetterOrDigit(c)),
        ["isprintable"] = static (_, text, _) => text.Value.All(static c => c == ' ' || !char.IsControl(c) && !char.IsWhiteSpace(c)),
    }.ToFrozenDictionary(static pair => pair.Key, static pair => (Builtin)((context, value, arguments) =>
    {
        var text = (TemplateText)value!;
        context.Charge(text.Value.Length);
        if (text.IsSafe && pair.Key is "join" or "format" or "replace")
            PythonFormat.RequirePlain(text, $"the method '{pair.Key}'");
        return pair.Value(context, text, arguments);
    }));

    private static TemplateText Strip(string name, TemplateText text, Arguments arguments, bool left, bool right)
    {
        var given = arguments.Bind(name, "chars");
        return PythonStrings.Strip(text, given[0] is null ? null : given.Text(0).Value, left, right);
    }

    private static bool Any(string name, TemplateText text, Arguments arguments, Func<string, string, bool> matches)
    {
        var given = arguments.Bind(name, "part", "start", "end");
        var range = Range(text, given);
        return given.Required(0) is TemplateSequence { Kind: SequenceKind.Tuple } parts
            ? parts.Items.Any(part => part is TemplateText one && matches(range.Value, one.Value))
            : matches(range.Value, given.Text(0).Value);
    }

    private static TemplateText Range(TemplateText text, BoundArguments given)
    {
        if (!given.Has(1))
            return text;
        var length = text.Length;
        var (start, end) = (At(given.Integer(1)), given[2] is null ? length : At(given.Integer(2)));
        return text.Slice(text.IndexOf(start), text.IndexOf(Math.Max(start, end)));

        int At(int index) => Math.Clamp(index < 0 ? index + length : index, 0, length);
    }

    private static BigInteger Find(string name, TemplateText text, Arguments arguments, bool fromRight)
    {
        var given = arguments.Bind(name, "part", "start", "end");
        var part = given.Text(0).Value;
        var range = Range(text, given);
        var at = fromRight
            ? range.Value.LastIndexOf(part, StringComparison.Ordinal)
            : range.Value.IndexOf(part, StringComparison.Ordinal);
        if (at < 0)
            return -1;
        var before = given.Has(1) ? given.Integer(1) is var start && start < 0 ? Math.Max(0, start + text.Length) : start : 0;
        return range.CodePointsBefore(at) + before;
    }

    private static BigInteger Index(string name, TemplateText text, Arguments arguments, bool fromRight) =>
        Find(name, text, arguments, fromRight) is var at && at >= 0 ? at : throw new TemplateException("substring not found");

    private static BigInteger Count(TemplateText text, Arguments arguments)
    {
        var given = arguments.Bind("count", "part", "start", "end");
        var (part, range) = (given.Text(0).Value, Range(text, given));
        if (part.Length == 0)
            return range.Length + 1;
        var count = 0;
        for (var at = range.Value.IndexOf(part, StringComparison.Ordinal); at >= 0;
            at = range.Value.IndexOf(part, at + part.Length, StringComparison.Ordinal))
            count++;
        return count;
    }

    private static TemplateText Join(RenderContext context, TemplateText separator, Arguments arguments)
    {
        var builder = new TextBuilder(context);
        var items = PythonTypes.Iterate(context, arguments.Bind("join", "iterable").Required(0));
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                builder.Append(separator);
            builder.Append(items[i] as TemplateText
                ?? throw new TemplateException($"sequence item {i}: expected str instance, {PythonTypes.NameOf(items[i])} found"));
        }

        return builder.ToText();
    }

    private static TemplateText Justify(RenderContext context, string name, TemplateText text, Arguments arguments, char align)
    {
        var given = arguments.Bind(name, "width", "fillchar");
        var fill = given.Text(1, " ").Value;
        return fill.Length == 1
            ? new FormatSpec(fill[0], align, '-', Math.Max(0, given.Integer(0)), false, null, 's').Pad(context, text, align)
            : throw new TemplateException("The fill character must be exactly one character long");
    }

    // Python puts an odd space to the left when the width is odd.
    private static TemplateText Center(RenderContext context, TemplateText text, Arguments arguments)
    {
        var given = arguments.Bind("center", "width", "fillchar");
        var fill = given.Text(1, " ");
        var (width, missing) = (given.Integer(0), given.Integer(0) - text.Length);
        if (missing <= 0)
            return text;
        var before = missing / 2 + (missing & width & 1);
        context.Charge(width);
        return TextBuilder.Join(
            context, TemplateText.Own(new(fill.Value[0], before)), text, TemplateText.Own(new(fill.Value[0], missing - before)));
    }

    private static TemplateText Swap(RenderContext context, TemplateText text)
    {
        var builder = new TextBuilder(context);
        foreach (var character in text.Characters().Cast<TemplateText>())
            builder.Append(char.IsUpper(character.Value[0])
                ? PythonStrings.Lower(context, character)
                : PythonStrings.Upper(context, character));
        return builder.ToText();
    }

    private static bool AllRunes(TemplateText text, Func<Rune, bool> test)
    {
        foreach (var rune in text.Value.EnumerateRunes())
        {
            if (!test(rune))
                return false;
        }

        return text.Value.Length > 0;
    }
}
