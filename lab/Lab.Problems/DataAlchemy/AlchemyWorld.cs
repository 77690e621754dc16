namespace CognitiveTools.Lab.Problems.DataAlchemy;

/// <summary>
/// The world of DataAlchemy (Zhao et al. 2025, arXiv 2508.01191): elements are strings of the letters A to Z, and
/// functions act on them, one after the other.
/// </summary>
internal sealed record AlchemyWorld
{
    private const int Letters = 26;

    /// <summary>The world of the published code.</summary>
    public static AlchemyWorld Default { get; } = new();

    /// <summary>Places that <see cref="Transformation.Rotate"/> moves a letter.</summary>
    /// <value>The default is 13.</value>
    public int Rotation { get; init; } = 13;

    /// <summary>Whether <see cref="Transformation.Shift"/> moves to the right, as in the paper's example (APPLE becomes EAPPL).</summary>
    /// <value>The default is <see langword="false"/>: to the left, as in the published code.</value>
    public bool ShiftsRight { get; init; }

    /// <summary>Applies one function.</summary>
    /// <param name="element">At least one letter A to Z.</param>
    /// <param name="transformation">The function.</param>
    /// <exception cref="ArgumentException">The element is empty or holds another character.</exception>
    public string Apply(string element, Transformation transformation)
    {
        ArgumentException.ThrowIfNullOrEmpty(element);
        if (element.FirstOrDefault(letter => !char.IsAsciiLetterUpper(letter)) is var other and not '\0')
            throw new ArgumentException($"Element '{element}' holds '{other}'; use the letters A to Z only.", nameof(element));
        return transformation switch
        {
            Transformation.Rotate => string.Concat(element.Select(Rotated)),
            Transformation.Shift when ShiftsRight => element[^1] + element[..^1],
            Transformation.Shift => element[1..] + element[0],
            Transformation.Reverse => string.Concat(element.Reverse()),
            _ => throw new ArgumentOutOfRangeException(nameof(transformation), transformation, "There is no such function."),
        };
    }

    private char Rotated(char letter) => (char)('A' + ((((letter - 'A' + Rotation) % Letters) + Letters) % Letters));
}
