using CognitiveTools.Lab.Training.Corpora;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>How a run begins with weights that know another vocabulary.</summary>
internal static class OtherVocabulary
{
    /// <summary>
    /// The row of the other vocabulary's embeddings that each token begins with: that of the same token; for a new word that of a whole
    /// number, in order, because numbers are the names that the weights can look up; none for any other token.
    /// </summary>
    /// <param name="words">The run's vocabulary.</param>
    /// <param name="other">That of the weights.</param>
    public static IReadOnlyList<int?> Rows(MiniVocabulary words, MiniVocabulary other)
    {
        var known = other.Tokens.Select(static (token, id) => (token, id))
            .ToDictionary(static pair => pair.token, static pair => pair.id, StringComparer.Ordinal);
        var numbers = 0;
        return [.. words.Tokens.Select(token => known.TryGetValue(token, out var id) ? id
            : token.All(char.IsAsciiLetter) ? known.TryGetValue($"{++numbers}", out var number) ? number : (int?)null
            : null)];
    }
}
