namespace CognitiveTools.Lab.Problems.FamilyTrees;

/// <summary>A statement about people, or its pattern with variables: a relation and one or two arguments.</summary>
/// <param name="Relation">Name of the relation.</param>
/// <param name="First">First argument: a person by number in facts, a variable in rules.</param>
/// <param name="Second">Second argument; <see langword="null"/> for a property such as <c>male</c>.</param>
internal sealed record Atom<T>(string Relation, T First, T? Second)
    where T : struct
{
    /// <summary>The arguments.</summary>
    public IReadOnlyList<T> Arguments => Second is { } second ? [First, second] : [First];

    /// <summary>The same statement about other things.</summary>
    internal Atom<TOther> Map<TOther>(Func<T, TOther> map)
        where TOther : struct => new(Relation, map(First), Second is { } second ? map(second) : null);
}
