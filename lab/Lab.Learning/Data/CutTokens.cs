using CognitiveTools.Lab.Training.Corpora;

namespace CognitiveTools.Lab.Learning.Data;

/// <summary>Finds the tokens at which conversations are cut.</summary>
internal static class CutTokens
{
    /// <summary>The one token that a text is.</summary>
    /// <param name="words">The vocabulary.</param>
    /// <param name="text">The text.</param>
    /// <param name="what">What is cut there, for the error.</param>
    /// <exception cref="ArgumentException">The vocabulary has no such token.</exception>
    public static int One(this MiniVocabulary words, string text, string what) => words.Encode(text) is [var id]
        ? id
        : throw new ArgumentException($"The vocabulary has no token '{text}'; {what} cannot be cut without it.", nameof(words));
}
