using CognitiveTools.Evals.Problems;

namespace CognitiveTools.Evals.Reports;

/// <summary>What a reader must know about problems that a model may have met in training.</summary>
internal static class Contamination
{
    /// <summary>
    /// The last year whose contests count as seen by every model: their problems and solutions are in the public sets that
    /// models are trained on.
    /// </summary>
    public const int LastSeen = 2023;

    public static IEnumerable<string> Notes(IReadOnlyList<Problem> problems)
    {
        var dated = problems.Select(ContestYear.Of).OfType<ContestYear>().ToArray();
        if (dated.Length == 0)
            yield break;
        var years = string.Join(", ", Counts(dated));
        yield return $"{dated.Length} of {problems.Count} problems come from contests, by year: {years}. Table 3 gives accuracy by year.";
        var seen = dated.Count(d => d.Year <= LastSeen);
        if (seen > 0)
        {
            yield return $"{seen} of them are of {LastSeen} or earlier and must be treated as seen in training: "
                + "accuracy on them measures memory as well as reasoning.";
        }

        if (seen < dated.Length)
        {
            yield return $"{dated.Length - seen} are later: compare their year with the end of the model's training data. "
                + "What is older than that counts as seen.";
        }
    }

    private static IEnumerable<string> Counts(ContestYear[] dated) =>
        dated.GroupBy(d => d)
            .OrderBy(g => g.Key.Year).ThenBy(g => g.Key.Contest, StringComparer.Ordinal)
            .Select(g => $"{g.Key.Contest} {g.Key.Year}: {g.Count()}");
}
