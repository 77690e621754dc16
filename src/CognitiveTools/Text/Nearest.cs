namespace CognitiveTools.Text;

/// <summary>Finds what somebody who misspelt a name meant.</summary>
internal static class Nearest
{
    private const int Longest = 64; // what is longer is no name, and the distance costs the product of the lengths

    /// <summary>The known name nearest to a word, in any case of letters.</summary>
    /// <returns>The name; <see langword="null"/> when none has the same letters in another order, or differs in at most a third of
    /// them.</returns>
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

    /// <summary>The sentence that names it, with a space before it; empty when nothing is near.</summary>
    public static string Hint(string word, IEnumerable<string> known) => Of(word, known) is { } near ? $" Did you mean '{near}'?" : "";

    private static bool IsAnagram(string left, string right) => left.Length == right.Length && left.Order().SequenceEqual(right.Order());
}
