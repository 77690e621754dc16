namespace CognitiveTools.Lab.Problems.Templates;

/// <summary>The numbers put into a template: one value per parameter, and those that follow from them.</summary>
internal sealed class TemplateArguments
{
    private readonly IReadOnlyList<string> _names;
    private readonly int[] _values;

    internal TemplateArguments(IReadOnlyList<string> names, int[] values)
    {
        _names = names;
        _values = values;
    }

    /// <summary>The value of a parameter.</summary>
    /// <exception cref="KeyNotFoundException">The template has no parameter of this name.</exception>
    public int this[string name]
    {
        get
        {
            for (var i = 0; i < _names.Count; i++)
            {
                if (_names[i] == name)
                    return _values[i];
            }

            throw new KeyNotFoundException($"The template has no parameter '{name}'; it has {string.Join(", ", _names)}.");
        }
    }

    /// <summary>The arguments in the order of the parameters, for example <c>length=11, places=3</c>; equal for equal arguments.</summary>
    public override string ToString() => string.Join(", ", _names.Zip(_values, (name, value) => $"{name}={value}"));
}
