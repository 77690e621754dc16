using System.Numerics;

namespace CognitiveTools.Llama.Templates.Values;

/// <summary>Types of values: Python's names, truth, numbers and iteration.</summary>
internal static class PythonTypes
{
    public static string NameOf(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        BigInteger => "int",
        double => "float",
        TemplateText => "str",
        TemplateMap => "dict",
        TemplateSequence sequence => sequence.Kind switch
        {
            SequenceKind.List => "list",
            SequenceKind.Tuple => "tuple",
            SequenceKind.Range => "range",
            SequenceKind.Keys => "dict_keys",
            SequenceKind.Values => "dict_values",
            SequenceKind.Items => "dict_items",
            _ => "generator",
        },
        TemplateUndefined => "Undefined",
        TemplateNamespace => "Namespace",
        TemplateCallable => "function",
        _ => value.GetType().Name,
    };

    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        BigInteger integer => !integer.IsZero,
        double number => number != 0,
        TemplateText text => text.Value.Length > 0,
        TemplateMap map => map.Count > 0,
        TemplateSequence sequence => sequence.Kind == SequenceKind.Generator || sequence.Items.Count > 0,
        TemplateUndefined { IsForbidden: true } undefined => throw undefined.Error(),
        TemplateUndefined => false,
        _ => true,
    };

    /// <summary>An integer; a Boolean counts as 0 or 1.</summary>
    public static BigInteger? AsInteger(object? value) => value switch
    {
        BigInteger integer => integer,
        bool flag => flag ? BigInteger.One : BigInteger.Zero,
        _ => null,
    };

    /// <exception cref="TemplateException">The value is an integer that no float can hold.</exception>
    public static double? AsNumber(object? value) =>
        value is double number ? number : AsInteger(value) is { } integer ? PythonNumbers.ToFloat(integer) : null;

    public static bool IsNumber(object? value) => value is bool or BigInteger or double;

    /// <summary>The elements that a loop over the value sees.</summary>
    /// <exception cref="TemplateException">The value cannot be iterated.</exception>
    public static IReadOnlyList<object?> Iterate(RenderContext context, object? value)
    {
        IReadOnlyList<object?> items = value switch
        {
            TemplateSequence sequence => sequence.Take(),
            TemplateText text => text.Characters(),
            TemplateMap map => [.. map.Entries.Select(static e => e.Key)],
            TemplateUndefined { IsForbidden: true } undefined => throw undefined.Error(),
            TemplateUndefined => [],
            _ => throw new TemplateException($"'{NameOf(value)}' object is not iterable"),
        };
        context.Step(items.Count);
        return items;
    }

    /// <exception cref="TemplateException">The value has no length.</exception>
    public static BigInteger LengthOf(object? value) => value switch
    {
        TemplateText text => text.Length,
        TemplateMap map => map.Count,
        TemplateSequence { Kind: not SequenceKind.Generator } sequence => sequence.Items.Count,
        TemplateUndefined { IsForbidden: false } => 0,
        TemplateUndefined undefined => throw undefined.Error(),
        _ => throw new TemplateException($"object of type '{NameOf(value)}' has no len()"),
    };
}
