using System.Text.Json.Serialization;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Statistics;
using CognitiveTools.Evals.Suites;

namespace CognitiveTools.Evals.Summaries;

/// <summary>What others published for an arm on a problem set, beside what this run measured on the set's problems.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Set">The set that the published figures are for.</param>
/// <param name="Problems">Problems of this set with a finished unit of the arm; 0 when the run has none.</param>
/// <param name="Measured">The arm's accuracy on them; <see langword="null"/> without one.</param>
/// <param name="Figures">What was published, by model.</param>
internal sealed record PublishedRow(
    string Arm, string Set, int Problems, [property: JsonIgnore] Estimate? Measured, IReadOnlyList<PublishedFigure> Figures)
{
    [JsonInclude]
    internal double? Accuracy => Measured?.Mean;

    [JsonInclude]
    internal Interval? Interval => Measured?.Interval;

    /// <summary>The rows in the suite's order; empty for a suite without published figures.</summary>
    internal static IReadOnlyList<PublishedRow> Of(RunResult run)
    {
        if (run.Header.Suite.Published is not { Count: > 0 } published)
            return [];
        var problems = run.Problems();
        var units = run.Units.ToLookup(unit => unit.Arm, StringComparer.Ordinal);
        return
        [
            .. published.GroupBy(figure => (figure.Set, figure.Arm)).Select(row =>
            {
                double[] shares = [.. units[row.Key.Arm]
                    .Where(unit => problems.GetValueOrDefault(unit.Problem) is { } problem && IsOf(problem, row.Key.Set))
                    .GroupBy(unit => unit.Problem, StringComparer.Ordinal)
                    .Select(samples => samples.Average(unit => unit.Status == SampleStatus.Correct ? 1.0 : 0.0))];
                var measured = shares.Length == 0 ? null : QuestionLevel.Accuracy(shares, run.Header.Suite.Samples);
                return new PublishedRow(row.Key.Arm, row.Key.Set, shares.Length, measured, [.. row]);
            }),
        ];
    }

    // "AIME 2024" are the problems of that contest in that year; other sets are known by the source that their problems name.
    private static bool IsOf(Problem problem, string set) =>
        string.Equals(problem.Source, set, StringComparison.OrdinalIgnoreCase)
        || (ContestYear.Of(problem) is { } contest
            && string.Equals(FormattableString.Invariant($"{contest.Contest} {contest.Year}"), set, StringComparison.OrdinalIgnoreCase));
}
