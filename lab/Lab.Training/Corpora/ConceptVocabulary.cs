using CognitiveTools.Lab.Problems.Generation;

namespace CognitiveTools.Lab.Training.Corpora;

/// <summary>The vocabulary of the concept models and their token models; a number above 99 is two tokens.</summary>
internal static class ConceptVocabulary
{
    private const int LargestNumber = 99;

    private static readonly string[] Words =
    [
        "system\n", "user\n", "assistant\n", "cot", "latent", MiniFormats.AnswerMark, "k=", "ari(", "bas(", "crt(", "div(",
        "gcd(", "pow(", "rec(", "sto(",
    ];

    /// <summary>Builds the vocabulary, with the control tokens of the reference models.</summary>
    public static MiniVocabulary Build() => new(
    [
        .. MiniVocabulary.Controls,
        .. Enumerable.Range(0, 256).Select(value => ((char)value).ToString()),
        .. Enumerable.Range(10, LargestNumber - 9).Select(number => $"{number}"),
        .. Words.Order(StringComparer.Ordinal),
    ]);
}
