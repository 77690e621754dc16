using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Builtins;

/// <summary>Attributes and elements of values, as Jinja's sandbox finds them.</summary>
internal static class Attributes
{
    private static readonly string[] Changing =
        ["append", "clear", "extend", "insert", "pop", "popitem", "remove", "reverse", "setdefault", "sort", "update"];

    private static readonly string[] OtherOfNumbers =
        ["as_integer_ratio", "bit_count", "bit_length", "conjugate", "denominator", "from_bytes", "fromhex", "hex", "imag", "is_integer",
            "numerator", "real", "to_bytes"];

    /// <summary><c>value.name</c>: Python's attribute, else the element of that name.</summary>
    public static object? Get(RenderContext context, object? value, string name)
    {
        if (value is TemplateUndefined undefined)
            return name.StartsWith("__", StringComparison.Ordinal) ? Missing(value, name) : throw undefined.Error();
        return TryGet(value, name, out var found) ? found
            : value is TemplateMap map && map.TryGet(TemplateText.Own(name), out found) ? found
            : Missing(value, name);
    }

    /// <summary><c>value[key]</c>: the element, else Python's attribute of that name.</summary>
    public static object? GetElement(RenderContext context, object? value, object? key)
    {
        if (value is TemplateUndefined undefined)
            throw undefined.Error();
        if (PythonIndex.TryGet(context, value, key, out var element))
            return element;
        if (key is not TemplateText name)
            return new TemplateUndefined($"{Describe(value)} has no element {PythonText.Of(context, key)}");
        return TryGet(value, name.Value, out var found) ? found : Missing(value, name.Value);
    }

    private static bool TryGet(object? value, string name, out object? found)
    {
        found = null;
        if (value is ITemplateObject something && something.TryGetAttribute(name, out found))
            return true;
        if (name.StartsWith('_'))
            return false;
        var methods = value switch
        {
            TemplateText => StringMethods.All,
            TemplateMap => Methods.OfMaps,
            TemplateSequence { Kind: SequenceKind.List } => Methods.OfLists,
            TemplateSequence { Kind: SequenceKind.Tuple or SequenceKind.Range } => Methods.OfTuples,
            _ => null,
        };
        if (methods is not null && methods.TryGetValue(name, out var method))
        {
            found = new TemplateFunction(name, (context, arguments) => method(context, value, arguments));
            return true;
        }

        if (value is TemplateMap or TemplateSequence { Kind: SequenceKind.List } && Changing.Contains(name) && IsOwn(value, name))
        {
            found = new TemplateUndefined($"access to attribute '{name}' of '{PythonTypes.NameOf(value)}' object is unsafe.")
            {
                IsForbidden = true,
            };
            return true;
        }

        if (value is TemplateText && StringMethods.Others.Contains(name) || PythonTypes.IsNumber(value) && OtherOfNumbers.Contains(name)
            || value is TemplateSequence { Kind: SequenceKind.Range } && name is "start" or "stop" or "step"
            || value is TemplateMap && name == "fromkeys")
            throw TemplateException.Unsupported($"the attribute '{name}' of a value of type {PythonTypes.NameOf(value)}");
        return false;
    }

    private static bool IsOwn(object? value, string name) => value is TemplateMap
        ? name is "clear" or "pop" or "popitem" or "setdefault" or "update"
        : name is not ("popitem" or "setdefault" or "update");

    private static TemplateUndefined Missing(object? value, string name) => new($"{Describe(value)} has no attribute '{name}'");

    private static string Describe(object? value) => value is null ? "'None'" : $"'{PythonTypes.NameOf(value)} object'";
}
