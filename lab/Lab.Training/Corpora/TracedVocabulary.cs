using System.Text.RegularExpressions;
using CognitiveTools.Lab.Problems.FamilyTrees;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.Wandering;

namespace CognitiveTools.Lab.Training.Corpora;

/// <summary>
/// The vocabulary of the models of family trees and wandering: a name, a relation with its bracket, a number below 100, and whatever
/// sentences say between those are one token each.
/// </summary>
internal static partial class TracedVocabulary
{
    private const int LargestNumber = 99;
    private const int Symbols = 20;
    private const int SampledProblems = 200;

    private static readonly string[] Syntax =
    [
        "system\n", "user\n", "assistant\n", MiniFormats.CallStart, MiniFormats.CallArguments, "\"reasoning_trace\":\"",
        "\"" + MiniFormats.CallEnd, MiniTools.Backtrack, "direct", "cot", "loop ", "recall", "backtrack", "latent", "answer now",
        MiniFormats.AnswerMark, "Backtrack Point: ", "none", "yes", "no", "):", ") if ", ") and ", " and ", " is not ", ", ?):", ", ?) if ",
        "END", ")==", ")==continue", ")==done", ")==fill", ")==wall", "CHECK(", "BACKTRACK(",
    ];

    /// <summary>Builds the vocabulary, with the control tokens of the reference models.</summary>
    public static MiniVocabulary Build()
    {
        var relations = FamilyRules.Given.Concat(FamilyRules.Derived);
        var symbols = Enumerable.Range(1, Symbols).Select(static number => $"r{number}");
        var words = Syntax.Concat(FamilyText.Names).Concat(relations.Concat(symbols).Select(static word => $"{word}("))
            .Concat(Enumerable.Range(10, LargestNumber - 9).Select(static number => $"{number}"))
            .Concat(FamilyLessons.Draw(1, heldOut: false).Take(SampledProblems).SelectMany(static one => FamilyWords().Split(one.Text)))
            .Concat(WanderingLessons.Draw(1, heldOut: false).Take(SampledProblems).SelectMany(static one => Variables().Split(one.Text)));
        return new(
        [
            .. MiniVocabulary.Controls,
            .. Enumerable.Range(0, 256).Select(static value => ((char)value).ToString()),
            .. words.Where(static word => word.Length > 1).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ]);
    }

    // Relations, names and variables of a family problem. Names are the words in capitals but those that begin a sentence.
    [GeneratedRegex(
        @"\b[a-z]\w*\(|\b[A-Z]\b|\b(?!Facts|Rules|If|Only|Is|For|The|End|ANSWER)[A-Z]\w+\b", RegexOptions.None,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex FamilyWords();

    // Numbers, letters and maps of a search.
    [GeneratedRegex(@"[0-9]+|\b[A-Z]\b|[.#]+(?=[.#\n])|(?<=[.#\n])[.#]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variables();
}
