namespace CognitiveTools.Answers.Reading;

/// <summary>A kind of answer whose problems have several right answers that can be counted.</summary>
internal interface ICountedAnswers
{
    /// <summary>Different right answers of a problem; <see langword="null"/> when the reference is not of the kind.</summary>
    int? CountRight(string gold);
}
