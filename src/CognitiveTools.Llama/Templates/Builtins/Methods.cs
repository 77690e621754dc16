using System.Collections.Frozen;
using System.Numerics;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Builtins;

/// <summary>Methods of mappings and sequences that do not change them.</summary>
internal static class Methods
{
    public static FrozenDictionary<string, Builtin> OfMaps { get; } = new Dictionary<string, Builtin>
    {
        ["get"] = static (_, value, arguments) =>
        {
            var given = arguments.Bind("get", "key", "default");
            return ((TemplateMap)value!).TryGet(given.Required(0), out var found) ? found : given[1];
        },
        ["keys"] = static (_, value, _) => View(SequenceKind.Keys, value, static entry => entry.Key),
        ["values"] = static (_, value, _) => View(SequenceKind.Values, value, static entry => entry.Value),
        ["items"] = static (_, value, _) => View(SequenceKind.Items, value, static entry => TemplateSequence.Tuple(entry.Key, entry.Value)),
        ["copy"] = static (_, value, _) => Copy((TemplateMap)value!),
    }.ToFrozenDictionary();

    public static FrozenDictionary<string, Builtin> OfTuples { get; } = new Dictionary<string, Builtin>
    {
        ["index"] = static (context, value, arguments) =>
        {
            var item = arguments.Bind("index", "value").Required(0);
            var items = ((TemplateSequence)value!).Items;
            context.Step(items.Count);
            for (var i = 0; i < items.Count; i++)
            {
                if (PythonComparison.AreEqual(items[i], item))
                    return new BigInteger(i);
            }

            throw new TemplateException("the value is not in the list");
        },
        ["count"] = static (context, value, arguments) =>
        {
            var item = arguments.Bind("count", "value").Required(0);
            return new BigInteger(PythonTypes.Iterate(context, value).Count(other => PythonComparison.AreEqual(other, item)));
        },
    }.ToFrozenDictionary();

    public static FrozenDictionary<string, Builtin> OfLists { get; } = new Dictionary<string, Builtin>(OfTuples)
    {
        ["copy"] = static (_, value, _) => TemplateSequence.List(((TemplateSequence)value!).Items),
    }.ToFrozenDictionary();

    private static TemplateSequence View(SequenceKind kind, object? value, Func<KeyValuePair<object?, object?>, object?> part) =>
        new(kind, [.. ((TemplateMap)value!).Entries.Select(part)]);

    private static TemplateMap Copy(TemplateMap map)
    {
        var copy = new TemplateMap();
        foreach (var (key, value) in map.Entries)
            copy.Set(key, value);
        return copy;
    }
}
