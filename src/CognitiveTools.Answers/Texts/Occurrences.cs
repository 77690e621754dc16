namespace CognitiveTools.Answers.Texts;

/// <summary>Finds a word in a text again and again.</summary>
internal static class Occurrences
{
    /// <summary>The indices of a word, case ignored, in order; they do not overlap.</summary>
    public static IEnumerable<int> Of(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0;
             at = text.IndexOf(word, at + word.Length, StringComparison.OrdinalIgnoreCase))
            yield return at;
    }
}
