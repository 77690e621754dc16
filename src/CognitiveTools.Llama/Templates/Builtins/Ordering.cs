using System.Globalization;
using System.Numerics;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Builtins;

/// <summary>Attributes by path, and order by them.</summary>
internal static class Ordering
{
    /// <summary>An element's part by a path such as <c>function.name</c> or an index.</summary>
    public static object? Part(RenderContext context, object? item, object? path, object? otherwise = null)
    {
        if (path is BigInteger)
            return Attributes.GetElement(context, item, path);
        foreach (var name in PythonText.Of(context, path).Value.Split('.'))
        {
            object? key = name.Length > 0 && name.All(char.IsAsciiDigit)
                ? BigInteger.Parse(name, CultureInfo.InvariantCulture)
                : TemplateText.Own(name);
            item = Attributes.GetElement(context, item, key);
            if (item is TemplateUndefined && otherwise is not null)
                return otherwise;
        }

        return item;
    }

    /// <summary>What elements are compared by.</summary>
    /// <param name="context">The rendering.</param>
    /// <param name="path">One or several paths with commas; <see langword="null"/> for the element itself.</param>
    /// <param name="caseSensitive">Whether small letters differ from capitals.</param>
    public static Func<object?, IReadOnlyList<object?>> Key(RenderContext context, object? path, bool caseSensitive)
    {
        object?[] paths = path is TemplateText text ? [.. text.Value.Split(',').Select(TemplateText.Own)] : [path];
        return item => [.. paths.Select(one => Fold(one is null ? item : Part(context, item, one)))];

        object? Fold(object? value) => value is TemplateText word && !caseSensitive ? PythonStrings.Lower(context, word) : value;
    }

    public static int Compare(IReadOnlyList<object?> left, IReadOnlyList<object?> right)
    {
        for (var i = 0; i < left.Count; i++)
        {
            if (!PythonComparison.AreEqual(left[i], right[i]))
                return PythonComparison.Compare("<", left[i], right[i]) ?? 0;
        }

        return 0;
    }

    public static List<object?> Sort(
        RenderContext context, IReadOnlyList<object?> items, Func<object?, IReadOnlyList<object?>> key, bool descending)
    {
        context.Step(items.Count * 8L);
        var keyed = items.Select(item => (Key: key(item), Item: item));
        return [.. PythonComparison.Sort(keyed, static (a, b) => Compare(a.Key, b.Key), descending).Select(static pair => pair.Item)];
    }
}
