namespace CognitiveTools.Reasoners;

/// <summary>An answer reader that also says where the answer stands, for confidences taken over the answer's own tokens.</summary>
public interface ILocatingAnswerReader : IAnswerReader
{
    /// <summary>Finds the answer that <see cref="IAnswerReader.Read"/> gives; <see langword="null"/> when the text gives none.</summary>
    AnswerSpan? Locate(string text);
}
