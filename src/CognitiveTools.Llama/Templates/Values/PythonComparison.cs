using System.Numerics;

namespace CognitiveTools.Llama.Templates.Values;

/// <summary>Python's equality, order and membership.</summary>
internal static class PythonComparison
{
    public static bool AreEqual(object? left, object? right)
    {
        RenderContext.RequireStack();
        return (left, right) switch
        {
            (TemplateText a, TemplateText b) => a.Equals(b),
            (null, null) => true,
            (null, _) or (_, null) => false,
            (TemplateUndefined a, TemplateUndefined) => a.IsForbidden ? throw a.Error() : true,
            (TemplateSequence a, TemplateSequence b) => AreEqual(a, b),
            (TemplateMap a, TemplateMap b) => a.Count == b.Count
                && a.Entries.All(e => b.TryGet(e.Key, out var other) && AreEqual(e.Value, other)),
            _ when PythonTypes.IsNumber(left) && PythonTypes.IsNumber(right) => CompareNumbers(left, right) == 0,
            _ => ReferenceEquals(left, right),
        };
    }

    /// <summary>Negative, 0 or positive; <see langword="null"/> when a number is not a number.</summary>
    /// <exception cref="TemplateException">The values have no order.</exception>
    public static int? Compare(string symbol, object? left, object? right)
    {
        RenderContext.RequireStack();
        if (left is TemplateUndefined undefined || (undefined = (right as TemplateUndefined)!) is not null)
            throw undefined.Error();
        if (left is TemplateText a && right is TemplateText b)
            return TemplateText.Compare(a.Value, b.Value);
        if (PythonTypes.IsNumber(left) && PythonTypes.IsNumber(right))
            return CompareNumbers(left, right);
        if (left is TemplateSequence { Kind: SequenceKind.List or SequenceKind.Tuple } first
            && right is TemplateSequence second && first.Kind == second.Kind)
            return Compare(symbol, first.Items, second.Items);
        throw new TemplateException(
            $"'{symbol}' not supported between instances of '{PythonTypes.NameOf(left)}' and '{PythonTypes.NameOf(right)}'");
    }

    /// <exception cref="TemplateException">The container cannot hold anything, or not such a value.</exception>
    public static bool Contains(RenderContext context, object? container, object? item)
    {
        switch (container)
        {
            case TemplateText text:
                if (item is not TemplateText part)
                    throw new TemplateException($"'in <string>' requires string as left operand, not {PythonTypes.NameOf(item)}");
                context.Charge(text.Value.Length);
                return text.Value.Contains(part.Value, StringComparison.Ordinal);
            case TemplateMap map:
                return map.TryGet(item, out _);
            case TemplateSequence or TemplateUndefined:
                foreach (var element in PythonTypes.Iterate(context, container))
                {
                    context.Charge((element as TemplateText)?.Value.Length ?? 1);
                    if (AreEqual(element, item))
                        return true;
                }

                return false;
            default:
                throw new TemplateException($"argument of type '{PythonTypes.NameOf(container)}' is not iterable");
        }
    }

    /// <summary>Sorts stably, in both directions.</summary>
    /// <exception cref="TemplateException">Two elements have no order.</exception>
    public static List<T> Sort<T>(IEnumerable<T> items, Comparison<T> compare, bool descending = false)
    {
        var comparer = Comparer<T>.Create(compare);
        try
        {
            return [.. descending ? items.OrderDescending(comparer) : items.Order(comparer)];
        }
        catch (InvalidOperationException e) when (e.InnerException is TemplateException inner)
        {
            throw new TemplateException(inner.Message);
        }
    }

    private static bool AreEqual(TemplateSequence a, TemplateSequence b)
    {
        if (ReferenceEquals(a, b))
            return true;
        if (a.Kind != b.Kind || a.Items.Count != b.Items.Count || a.Kind is SequenceKind.Generator or SequenceKind.Values)
            return false;
        return a.Kind is SequenceKind.Keys or SequenceKind.Items
            ? a.Items.All(item => b.Items.Any(other => AreEqual(item, other)))
            : a.Items.Zip(b.Items).All(static pair => AreEqual(pair.First, pair.Second));
    }

    private static int? Compare(string symbol, IReadOnlyList<object?> left, IReadOnlyList<object?> right)
    {
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            if (!AreEqual(left[i], right[i]))
                return Compare(symbol, left[i], right[i]);
        }

        return left.Count.CompareTo(right.Count);
    }

    private static int? CompareNumbers(object? left, object? right)
    {
        if (PythonTypes.AsInteger(left) is { } a && PythonTypes.AsInteger(right) is { } b)
            return a.CompareTo(b);
        return (left, right) switch
        {
            (double.NaN, _) or (_, double.NaN) => null,
            (double x, double y) => x.CompareTo(y),
            (double x, _) => -Compare(PythonTypes.AsInteger(right)!.Value, x),
            (_, double y) => Compare(PythonTypes.AsInteger(left)!.Value, y),
            _ => throw new InvalidOperationException("not numbers"),
        };
    }

    // Exactly, without making a float of the integer.
    private static int Compare(BigInteger integer, double number)
    {
        if (double.IsInfinity(number))
            return number > 0 ? -1 : 1;
        var floor = Math.Floor(number);
        return integer.CompareTo(new BigInteger(floor)) is not 0 and var order ? order : floor < number ? -1 : 0;
    }
}
