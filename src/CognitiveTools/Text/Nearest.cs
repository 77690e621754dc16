namespace CognitiveTools.Text;

/// <summary>Finds the name that was probably meant by a misspelt one.</summary>
internal static class Nearest
{
    private const int Longest = 64; // longer texts are not names, and the distance costs the product of the lengths

    /// <summary>The known name nearest to a word, in any case of letters.</summary>
    /// <returns>
    /// The nearest name whose letters are the same in another order or differ in at most a third; <see langword="null"/> without one.
    /// </returns>
    public static string? Of(string word, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(known);
        if (word.Length is 0 or > Longest)
            return null;
        var upper = word.ToUpperInvariant();
        return known
            .Where(static name => name.Length <= Longest)
            .Select(name => (Name: name, Distance: EditDistance.Between<char>(upper, name.ToUpperInvariant())))
            .Where(near => near.Distance <= Math.Max(1, upper.Length / 3) || IsAnagram(upper, near.Name.ToUpperInvariant()))
            .OrderBy(static near => near.Distance).ThenBy(static near => near.Name, StringComparer.Ordinal)
            .Select(static near => near.Name)
            .FirstOrDefault();
    }

    /// <summary>A sentence that suggests the nearest name, with a space before it; empty without one.</summary>
    public static string Hint(string word, IEnumerable<string> known) => Of(word, known) is { } near ? $" Did you mean '{near}'?" : "";

    private static bool IsAnagram(string left, string right) => left.Length == right.Length && left.Order().SequenceEqual(right.Order());
}
