namespace CognitiveTools.Llama.Templates.Values;

/// <summary>Python's kinds of sequences and iterators.</summary>
internal enum SequenceKind
{
    List,
    Tuple,
    Range,

    /// <summary>Of a mapping; it cannot be indexed.</summary>
    Keys,
    Values,
    Items,

    /// <summary>Has no length, cannot be indexed, and can be read once.</summary>
    Generator,
}

/// <summary>A list, a tuple or something that can be iterated like one.</summary>
internal sealed class TemplateSequence(SequenceKind kind, IReadOnlyList<object?> items) : ITemplateObject
{
    private int _taken;

    public SequenceKind Kind { get; } = kind;

    /// <summary>The elements, without regard to what was taken.</summary>
    public IReadOnlyList<object?> Items { get; } = items;

    /// <summary>Names of the elements, in their order: those of a named tuple.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    public bool CanBeIndexed => Kind is SequenceKind.List or SequenceKind.Tuple or SequenceKind.Range;

    public static TemplateSequence List(IReadOnlyList<object?> items) => new(SequenceKind.List, items);

    public static TemplateSequence Tuple(params object?[] items) => new(SequenceKind.Tuple, items);

    public static TemplateSequence Generator(IReadOnlyList<object?> items) => new(SequenceKind.Generator, items);

    public bool TryGetAttribute(string name, out object? value)
    {
        var at = Names.TakeWhile(other => other != name).Count();
        value = at < Names.Count ? Items[at] : null;
        return at < Names.Count;
    }

    /// <summary>What an iteration sees: the elements, of a generator those that nobody took before.</summary>
    /// <param name="most">Elements taken from a generator at most.</param>
    public IReadOnlyList<object?> Take(int most = int.MaxValue)
    {
        if (Kind != SequenceKind.Generator)
            return Items;
        IReadOnlyList<object?> rest = [.. Items.Skip(_taken).Take(most)];
        _taken += rest.Count;
        return rest;
    }
}
