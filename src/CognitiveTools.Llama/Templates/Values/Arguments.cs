using System.Numerics;

namespace CognitiveTools.Llama.Templates.Values;

/// <summary>Arguments of a call.</summary>
internal sealed record Arguments(IReadOnlyList<object?> Positional, IReadOnlyList<KeyValuePair<string, object?>> Named)
{
    public static Arguments None { get; } = new([], []);

    /// <summary>Assigns the arguments to parameters by position and name.</summary>
    /// <exception cref="TemplateException">There is one too many, or one with another name.</exception>
    public BoundArguments Bind(string function, params string[] parameters)
    {
        if (Positional.Count > parameters.Length)
            throw new TemplateException($"{function}() takes {parameters.Length} arguments, but {Positional.Count} were given");
        var values = new object?[parameters.Length];
        var given = new bool[parameters.Length];
        for (var i = 0; i < Positional.Count; i++)
            (values[i], given[i]) = (Positional[i], true);
        foreach (var (name, value) in Named)
        {
            var at = Array.IndexOf(parameters, name);
            if (at < 0 || given[at])
                throw new TemplateException($"{function}() got an unexpected argument '{name}'");
            (values[at], given[at]) = (value, true);
        }

        return new(function, parameters, values, given);
    }
}

/// <summary>Arguments by parameter.</summary>
internal sealed class BoundArguments(string function, string[] parameters, object?[] values, bool[] given)
{
    public bool Has(int index) => given[index];

    /// <summary>The value or <see langword="null"/>.</summary>
    public object? this[int index] => values[index];

    /// <exception cref="TemplateException">The argument is missing.</exception>
    public object? Required(int index) =>
        given[index] ? values[index] : throw new TemplateException($"{function}() misses the argument '{parameters[index]}'");

    public object? Or(int index, object? otherwise) => given[index] ? values[index] : otherwise;

    public bool Flag(int index, bool otherwise = false) => given[index] ? PythonTypes.IsTrue(values[index]) : otherwise;

    /// <exception cref="TemplateException">The argument is not a whole number that fits.</exception>
    public int Integer(int index, int? otherwise = null)
    {
        if (!given[index] && otherwise is { } value)
            return value;
        return PythonTypes.AsInteger(Required(index)) is { } number && number >= int.MinValue && number <= int.MaxValue
            ? (int)number
            : throw new TemplateException($"{function}() wants an integer for '{parameters[index]}'");
    }

    /// <exception cref="TemplateException">The argument is not a string.</exception>
    public TemplateText Text(int index, string? otherwise = null)
    {
        if (!given[index] && otherwise is not null)
            return TemplateText.Own(otherwise);
        return Required(index) as TemplateText
            ?? throw new TemplateException(
                $"{function}() wants a string for '{parameters[index]}', not {PythonTypes.NameOf(values[index])}");
    }

    public BigInteger Big(int index) =>
        PythonTypes.AsInteger(Required(index)) ?? throw new TemplateException($"{function}() wants an integer");
}
