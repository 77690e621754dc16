using System.Text.RegularExpressions;
using CognitiveTools.Lab.Problems.Generation;

namespace CognitiveTools.Lab.Training.Corpora;

/// <summary>Collects the vocabulary of the reference models from what the families say.</summary>
internal static partial class MiniVocabularyBuilder
{
    // Seen at least this often among the sampled problems.
    private const int Frequent = 4;
    private const int SampledProblems = 6000;
    private const int LargestNumber = 999;

    private static readonly string[] Syntax =
    [
        "system\n", "user\n", "assistant\n", MiniFormats.CallStart, MiniFormats.CallArguments, MiniFormats.CallEnd,
        "\"current_proposed_answer\":\"", "\",\"current_reasoning\":\"", "\"reasoning_trace\":\"", "\"" + MiniFormats.CallEnd,
        MiniTools.Understand, MiniTools.Recall, MiniTools.Examine, MiniTools.Backtrack,
        "direct", "cot", "loop", "understand", "recall", "examine", "backtrack", "latent", "answer now",
        MiniFormats.AnswerMark, "ok;", "wrong;", "Verdict: correct", "Verdict: incorrect", "Backtrack Point: ", "none\n",
        "Q: ", "A: ", "Final Answer: ",
    ];

    /// <summary>Builds the vocabulary.</summary>
    /// <param name="numbersWhole">Numbers 10 to 999 as single tokens; otherwise digit by digit.</param>
    public static MiniVocabulary Build(bool numbersWhole)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var split in Enum.GetValues<Split>())
        {
            foreach (var problem in new ProblemGenerator(1, split).Draw().Take(SampledProblems))
            {
                foreach (Match piece in Pieces().Matches(problem.Text))
                    counts[piece.Value] = counts.GetValueOrDefault(piece.Value) + 1;
                foreach (Match name in Heads().Matches(problem.Canonical))
                    counts[name.Value] = counts.GetValueOrDefault(name.Value) + 1;
            }
        }

        var frequent = counts.Where(count => count.Value >= Frequent).Select(count => count.Key);
        var bytes = Enumerable.Range(0, 256).Select(value => ((char)value).ToString());
        var numbers = Enumerable.Range(10, numbersWhole ? LargestNumber - 9 : 0).Select(number => $"{number}");
        var labels = Enumerable.Range(1, CalculationRecorder.StepLimit).Select(number => $"{number}:");
        var words = Syntax.Concat(frequent).Where(word => word.Length > 1).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new MiniVocabulary([.. MiniVocabulary.Controls, .. bytes, .. numbers, .. labels, .. words]);
    }

    [GeneratedRegex("[A-Za-z]+ ?|[^A-Za-z0-9 ] ?", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pieces();

    [GeneratedRegex(@"[a-z]+\(|k=", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heads();
}
