using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.Generation.Families;

namespace CognitiveTools.Lab.Training.Corpora;

/// <summary>The vocabulary of the recurrent-depth models: every operation is one token.</summary>
internal static class OperationsVocabulary
{
    private static readonly string[] Words =
    [
        "system\n", "user\n", "assistant\n", "direct", "cot", MiniFormats.AnswerMark, $" mod {Operations.Modulus}",
        .. Operations.Shown.Select(operation => $" {operation}"),
    ];

    /// <summary>Builds the vocabulary, with the control tokens of the reference models.</summary>
    public static MiniVocabulary Build() => new(
    [
        .. MiniVocabulary.Controls,
        .. Enumerable.Range(0, 256).Select(value => ((char)value).ToString()),
        .. Words.Order(StringComparer.Ordinal),
    ]);
}
