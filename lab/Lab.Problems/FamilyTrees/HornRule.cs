namespace CognitiveTools.Lab.Problems.FamilyTrees;

/// <summary>If all conditions hold, so does the conclusion. Variables are capital letters.</summary>
/// <param name="Conclusion">What follows.</param>
/// <param name="Conditions">What must hold, at least one.</param>
/// <param name="Distinct">Two variables that must be different people; <see langword="null"/> for none.</param>
internal sealed record HornRule(Atom<char> Conclusion, IReadOnlyList<Atom<char>> Conditions, (char First, char Second)? Distinct = null)
{
    /// <summary>Reads <c>siblingOf(X,Y) :- parentOf(Z,X), parentOf(Z,Y), X!=Y</c>.</summary>
    /// <exception cref="FormatException">The text is not a rule.</exception>
    internal static HornRule Parse(string text)
    {
        var halves = text.Split(":-", StringSplitOptions.TrimEntries);
        if (halves.Length != 2)
            throw new FormatException($"'{text}' is not a rule; write conclusion :- conditions.");
        var conditions = new List<Atom<char>>();
        (char, char)? distinct = null;
        foreach (var part in halves[1].Replace("), ", ")\n", StringComparison.Ordinal).Split('\n'))
        {
            if (part.Contains("!=", StringComparison.Ordinal))
                distinct = (part[0], part[^1]);
            else
                conditions.Add(ParseAtom(part));
        }

        return new HornRule(ParseAtom(halves[0]), conditions, distinct);
    }

    private static Atom<char> ParseAtom(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        return open > 0 && text[^1] == ')' && text.Length - open is 3 or 5
            ? new(text[..open], text[open + 1], text.Length - open == 5 ? text[open + 3] : null)
            : throw new FormatException($"'{text}' is not an atom; write relation(X) or relation(X,Y).");
    }
}
