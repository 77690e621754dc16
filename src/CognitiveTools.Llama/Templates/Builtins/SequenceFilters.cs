using System.Numerics;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Builtins;

/// <summary>Filters that take a sequence as a whole.</summary>
internal static class SequenceFilters
{
    public static IEnumerable<KeyValuePair<string, Builtin>> All { get; } = new Dictionary<string, Builtin>
    {
        ["first"] = static (_, value, _) => value is TemplateSequence { Kind: SequenceKind.Generator } generator
            ? First(generator.Take(1), "first")
            : First(Iterate(value), "first"),
        ["last"] = static (_, value, _) => value is TemplateSequence { Kind: SequenceKind.Generator }
            ? throw new TemplateException("'generator' object is not reversible")
            : First([.. Iterate(value).TakeLast(1)], "last"),
        ["join"] = Join,
        ["reverse"] = static (context, value, _) => value is TemplateText text
            ? PythonIndex.Slice(context, text, null, null, BigInteger.MinusOne)
            : TemplateSequence.Generator([.. PythonTypes.Iterate(context, value).Reverse()]),
        ["sum"] = static (context, value, arguments) =>
        {
            var given = arguments.Bind("sum", "attribute", "start");
            var items = PythonTypes.Iterate(context, value);
            var path = given[0];
            return items.Aggregate(given.Or(1, BigInteger.Zero), (sum, item) =>
                PythonArithmetic.Apply(context, "+", sum, path is null ? item : Ordering.Part(context, item, path)));
        },
        ["min"] = static (context, value, arguments) => Extreme(context, "min", value, arguments, sign: -1),
        ["max"] = static (context, value, arguments) => Extreme(context, "max", value, arguments, sign: 1),
        ["sort"] = static (context, value, arguments) =>
        {
            var given = arguments.Bind("sort", "reverse", "case_sensitive", "attribute");
            return TemplateSequence.List(Ordering.Sort(
                context, PythonTypes.Iterate(context, value), Ordering.Key(context, given[2], given.Flag(1)), given.Flag(0)));
        },
        ["dictsort"] = DictSort,
        ["unique"] = static (context, value, arguments) =>
        {
            var given = arguments.Bind("unique", "case_sensitive", "attribute");
            var key = Ordering.Key(context, given[1], given.Flag(0));
            var seen = new TemplateMap();
            var kept = new List<object?>();
            foreach (var item in PythonTypes.Iterate(context, value))
            {
                var of = key(item) is [var one] ? one : TemplateSequence.Tuple([.. key(item)]);
                if (seen.TryGet(of, out _))
                    continue;
                seen.Set(of, null);
                kept.Add(item);
            }

            return TemplateSequence.Generator(kept);
        },
        ["groupby"] = GroupBy,
        ["batch"] = static (context, value, arguments) =>
        {
            var given = arguments.Bind("batch", "linecount", "fill_with");
            var size = given.Integer(0) is > 0 and var count ? count : throw new TemplateException("batch() wants a positive count");
            var chunks = PythonTypes.Iterate(context, value).Chunk(size).Select(static chunk => chunk.ToList()).ToList();
            if (given[1] is not null && chunks.Count > 0)
            {
                context.Step(size);
                while (chunks[^1].Count < size)
                    chunks[^1].Add(given[1]);
            }

            return TemplateSequence.Generator([.. chunks.Select(static chunk => TemplateSequence.List(chunk))]);
        },
        ["slice"] = Slice,
    };

    // Without counting steps: only one element is looked at, and a map's keys are few.
    private static IReadOnlyList<object?> Iterate(object? value) =>
        PythonTypes.Iterate(new RenderContext(new(), default), value);

    private static object? First(IReadOnlyList<object?> items, string name) =>
        items.Count > 0 ? items[0] : new TemplateUndefined($"No {name} item, sequence was empty.");

    private static object? Join(RenderContext context, object? value, Arguments arguments)
    {
        var given = arguments.Bind("join", "d", "attribute");
        var separator = given.Has(0) ? PythonText.Of(context, given[0]) : TemplateText.Empty;
        var builder = new TextBuilder(context);
        var items = PythonTypes.Iterate(context, value);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                builder.Append(separator);
            builder.Append(PythonText.Of(context, given[1] is null ? items[i] : Ordering.Part(context, items[i], given[1])));
        }

        return builder.ToText();
    }

    private static object? Extreme(RenderContext context, string name, object? value, Arguments arguments, int sign)
    {
        var given = arguments.Bind(name, "case_sensitive", "attribute");
        var key = Ordering.Key(context, given[1], given.Flag(0));
        var items = PythonTypes.Iterate(context, value);
        if (items.Count == 0)
            return new TemplateUndefined("No aggregated item, sequence was empty.");
        return items.Skip(1).Aggregate(items[0], (best, item) => Ordering.Compare(key(item), key(best)) * sign > 0 ? item : best);
    }

    private static object? DictSort(RenderContext context, object? value, Arguments arguments)
    {
        var given = arguments.Bind("dictsort", "case_sensitive", "by", "reverse");
        if (value is not TemplateMap map)
            throw value is TemplateUndefined undefined ? undefined.Error()
                : new TemplateException($"'{PythonTypes.NameOf(value)}' object has no attribute 'items'");
        var at = given.Text(1, "key").Value switch
        {
            "key" => 0,
            "value" => 1,
            _ => throw new TemplateException("You can only sort by either \"key\" or \"value\""),
        };
        var key = Ordering.Key(context, new BigInteger(at), given.Flag(0));
        IReadOnlyList<object?> pairs = [.. map.Entries.Select(static e => TemplateSequence.Tuple(e.Key, e.Value))];
        return TemplateSequence.List(Ordering.Sort(context, pairs, key, given.Flag(2)));
    }

    private static object? GroupBy(RenderContext context, object? value, Arguments arguments)
    {
        var given = arguments.Bind("groupby", "attribute", "default", "case_sensitive");
        if (given.Has(1))
            throw TemplateException.Unsupported("the filter 'groupby' with a default");
        var key = Ordering.Key(context, given.Required(0), given.Flag(2));
        var groups = new List<(IReadOnlyList<object?> Key, object? Name, List<object?> Items)>();
        foreach (var item in Ordering.Sort(context, PythonTypes.Iterate(context, value), key, descending: false))
        {
            if (groups.Count == 0 || Ordering.Compare(groups[^1].Key, key(item)) != 0)
                groups.Add((key(item), Ordering.Part(context, item, given[0]), []));
            groups[^1].Items.Add(item);
        }

        return TemplateSequence.List([.. groups.Select(static group =>
            new TemplateSequence(SequenceKind.Tuple, [group.Name, TemplateSequence.List(group.Items)]) { Names = ["grouper", "list"] })]);
    }

    private static object? Slice(RenderContext context, object? value, Arguments arguments)
    {
        var given = arguments.Bind("slice", "slices", "fill_with");
        var items = PythonTypes.Iterate(context, value);
        var count = given.Integer(0) is > 0 and var slices ? slices : throw new TemplateException("slice() wants a positive count");
        context.Step(count);
        var parts = new List<object?>();
        for (int i = 0, at = 0; i < count; i++)
        {
            var size = items.Count / count + (i < items.Count % count ? 1 : 0);
            List<object?> part = [.. items.Skip(at).Take(size)];
            if (given[1] is not null && i >= items.Count % count)
                part.Add(given[1]);
            parts.Add(TemplateSequence.List(part));
            at += size;
        }

        return TemplateSequence.Generator(parts);
    }
}
