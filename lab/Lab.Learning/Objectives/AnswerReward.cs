using CognitiveTools.Answers.Reading;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Lab.Training.Corpora;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>Grades texts as the suites do: the answer is read as a whole number and compared exactly.</summary>
/// <param name="words">The vocabulary.</param>
internal sealed class AnswerReward(MiniVocabulary words)
{
    /// <summary>Whether a text answers as a worked text does.</summary>
    /// <param name="text">What a network wrote.</param>
    /// <param name="worked">The right text.</param>
    /// <param name="cut">Whether a limit ended the text.</param>
    public bool IsRight(IReadOnlyList<int> text, IReadOnlyList<int> worked, bool cut) =>
        AnswerKinds.Integer.Grade(words.Decode(text), Reference(worked), cut).Status == SampleStatus.Correct;

    private string Reference(IReadOnlyList<int> worked) => AnswerKinds.Integer.Extract(words.Decode(worked)).Answer
        ?? throw new InvalidDataException(
            $"The text '{words.Decode(worked)}' has no answer. Learn from conversations that end with one, such as the format direct.");
}
