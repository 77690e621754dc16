namespace CognitiveTools.Reasoners;

/// <summary>An answer reader that also finds the answer's position, for confidences over the answer's own tokens.</summary>
public interface ILocatingAnswerReader : IAnswerReader
{
    /// <summary>
    /// Finds the answer that <see cref="IAnswerReader.Read"/> returns; <see langword="null"/> when the text has no answer.
    /// </summary>
    AnswerSpan? Locate(string text);
}
