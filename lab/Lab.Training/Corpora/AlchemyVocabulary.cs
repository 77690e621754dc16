using CognitiveTools.Lab.Problems.DataAlchemy;
using CognitiveTools.Lab.Problems.Generation;

namespace CognitiveTools.Lab.Training.Corpora;

/// <summary>The vocabulary of the DataAlchemy models: every letter and every function is one token.</summary>
internal static class AlchemyVocabulary
{
    private static readonly string[] Words =
    [
        "system\n", "user\n", "assistant\n", "cot", "latent", MiniFormats.AnswerMark,
        .. Enum.GetValues<Transformation>().Select(AlchemyTask.Show),
    ];

    /// <summary>Builds the vocabulary, with the control tokens of the reference models.</summary>
    public static MiniVocabulary Build() => new(
    [
        .. MiniVocabulary.Controls,
        .. Enumerable.Range(0, 256).Select(value => ((char)value).ToString()),
        .. Words.Order(StringComparer.Ordinal),
    ]);
}
