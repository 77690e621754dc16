using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.ProsQa;

namespace CognitiveTools.Lab.Training.Corpora;

/// <summary>The vocabulary of the ProsQA models: every noun and every name is one token.</summary>
internal static class ProsVocabulary
{
    private static readonly string[] Words =
    [
        "system\n", "user\n", "assistant\n", "direct", "cot", "latent", MiniFormats.AnswerMark,
        " is a ", ". Every ", ". ", "Every ", ". Is ", " a ", " or ",
        .. ProsWords.Names, .. ProsWords.Nouns,
    ];

    /// <summary>Builds the vocabulary, with the control tokens of the reference models.</summary>
    public static MiniVocabulary Build() => new(
    [
        .. MiniVocabulary.Controls,
        .. Enumerable.Range(0, 256).Select(value => ((char)value).ToString()),
        .. Words.Order(StringComparer.Ordinal),
    ]);
}
