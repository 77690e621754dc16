using System.Globalization;
using System.Text;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Exports;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Lab.Problems.FamilyTrees;

/// <summary>Compares lexicons within a run: the same instance in other words.</summary>
internal static class LexiconDrops
{
    /// <summary>The topic of a lexicon's problems.</summary>
    public static string TopicOf(Lexicon lexicon) => lexicon.ToString().ToLowerInvariant();

    /// <summary>Paired drops of every arm of a stored run.</summary>
    /// <param name="run">The run; instances not finished in both lexicons are left out.</param>
    /// <param name="problems">The problems it ran on, as <see cref="FamilyText.Problem"/> wrote them.</param>
    /// <exception cref="InvalidDataException">A problem has no cluster or no lexicon as its topic.</exception>
    public static IReadOnlyList<LexiconDrop> Of(RunResult run, ProblemSet problems)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(problems);
        var places = problems.Problems.ToDictionary(problem => problem.Id, Place, StringComparer.Ordinal);
        var counts = run.Units
            .Where(unit => places.ContainsKey(unit.Problem))
            .GroupBy(unit => (unit.Arm, places[unit.Problem].Lexicon, places[unit.Problem].Instance))
            .ToDictionary(
                group => group.Key, group => (Correct: group.Count(unit => unit.Status == SampleStatus.Correct), All: group.Count()));
        var instances = places.Values.Select(place => place.Instance).Distinct(StringComparer.Ordinal).ToArray();
        return [.. run.Header.Suite.Arms.SelectMany(arm => OfArm(arm.Name, instances, counts))];
    }

    /// <summary>The drops in Markdown.</summary>
    public static string ToMarkdown(IReadOnlyList<LexiconDrop> drops)
    {
        ArgumentNullException.ThrowIfNull(drops);
        var text = new StringBuilder(
            "| arm | lexicon | instances | semantic | other | difference | p (Holm) |\n|---|---|---|---|---|---|---|\n");
        foreach (var drop in drops)
        {
            var interval = drop.Difference.Interval is { } range
                ? string.Create(CultureInfo.InvariantCulture, $" [{100 * range.Low:+0.0;-0.0;0.0}, {100 * range.High:+0.0;-0.0;0.0}]") : "";
            text.Append(CultureInfo.InvariantCulture,
                $"| {MarkdownText.Cell(drop.Arm)} | {TopicOf(drop.Lexicon)} | {drop.Difference.Problems} | {100 * drop.Semantic:0.0}% | "
                    + $"{100 * drop.Other:0.0}% | {100 * drop.Difference.Mean:+0.0;-0.0;0.0}{interval} | {drop.AdjustedP:0.000} |\n");
        }

        return text.ToString();
    }

    private static IEnumerable<LexiconDrop> OfArm(
        string arm, string[] instances, Dictionary<(string Arm, Lexicon Lexicon, string Instance), (int Correct, int All)> counts)
    {
        var drops = new List<(Lexicon Lexicon, PairedCounts[] Pairs, PairedDifference Difference)>();
        foreach (var lexicon in Enum.GetValues<Lexicon>().Where(lexicon => lexicon != Lexicon.Semantic))
        {
            PairedCounts[] pairs =
            [
                .. from instance in instances
                   where counts.ContainsKey((arm, Lexicon.Semantic, instance)) && counts.ContainsKey((arm, lexicon, instance))
                   let first = counts[(arm, Lexicon.Semantic, instance)]
                   let second = counts[(arm, lexicon, instance)]
                   select new PairedCounts(first.Correct, first.All, second.Correct, second.All),
            ];
            if (pairs.Length > 0)
                drops.Add((lexicon, pairs, PairedDifference.Of(pairs)));
        }

        var adjusted = Holm.Adjust([.. drops.Select(drop => drop.Difference.Test.P)]);
        return drops.Select((drop, i) => new LexiconDrop(
            arm,
            drop.Lexicon,
            drop.Pairs.Average(pair => (double)pair.FirstCorrect / pair.FirstSamples),
            drop.Pairs.Average(pair => (double)pair.SecondCorrect / pair.SecondSamples),
            drop.Difference,
            adjusted[i]));
    }

    private static (string Instance, Lexicon Lexicon) Place(Problem problem) =>
        problem.Cluster is { } instance && Enum.TryParse<Lexicon>(problem.Topic, ignoreCase: true, out var lexicon)
            ? (instance, lexicon)
            : throw new InvalidDataException(
                $"Problem '{problem.Id}' is not a family-tree problem: its cluster must name an instance and its topic a lexicon. Write "
                    + $"the "
                    + "file with coglab data generate family-trees.");
}
