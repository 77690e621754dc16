using System.Text.RegularExpressions;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.Generation.Wordings;
using CognitiveTools.Randomness;

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
    /// <param name="skillsApart">Also what conversations say that teach the skills apart.</param>
    public static MiniVocabulary Build(bool numbersWhole, bool skillsApart = false)
    {
        var random = new SeededRandom(1);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var split in Enum.GetValues<Split>())
        {
            foreach (var problem in new ProblemGenerator(1, split).Draw().Take(SampledProblems))
            {
                Count(Pieces(), problem.Text);
                Count(Heads(), problem.Canonical);
                if (skillsApart)
                    Count(Pieces(), Paraphrase.Of(problem.Canonical, random));
            }
        }

        var frequent = counts.Where(count => count.Value >= Frequent).Select(count => count.Key);
        var bytes = Enumerable.Range(0, 256).Select(value => ((char)value).ToString());
        var numbers = Enumerable.Range(10, numbersWhole ? LargestNumber - 9 : 0).Select(number => $"{number}");
        var labels = Enumerable.Range(1, CalculationRecorder.StepLimit).Select(number => $"{number}:");
        string[] marks = skillsApart ? [MiniFormats.RightMark, MiniFormats.WrongMark] : [];
        var words = Syntax.Concat(marks).Concat(frequent).Where(word => word.Length > 1)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new MiniVocabulary([.. MiniVocabulary.Controls, .. bytes, .. numbers, .. labels, .. words]);

        void Count(Regex pattern, string text)
        {
            foreach (Match piece in pattern.Matches(text))
                counts[piece.Value] = counts.GetValueOrDefault(piece.Value) + 1;
        }
    }

    [GeneratedRegex("[A-Za-z]+ ?|[^A-Za-z0-9 ] ?", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pieces();

    [GeneratedRegex(@"[a-z]+\(|k=", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heads();
}
