using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Evals.Exports;

/// <summary>
/// A published figure beside what a run measured on the problems of the same set, as a flat row; the names of the properties are the
/// columns. Accuracies are shares from 0 to 1.
/// </summary>
internal sealed class PublishedCsvRow
{
    public required string Run { get; init; }
    public required string Arm { get; init; }
    public required string Set { get; init; }

    /// <summary>Problems of the set in the run; 0 when it has none, and then the next three are empty.</summary>
    public required int Problems { get; init; }
    public required double? Accuracy { get; init; }
    public required double? Low { get; init; }
    public required double? High { get; init; }

    /// <summary>The model that others measured.</summary>
    public required string PublishedModel { get; init; }
    public required double PublishedAccuracy { get; init; }
    public required double? PublishedError { get; init; }
    public required string Source { get; init; }

    /// <summary>The published figures of a run's suite, in the suite's order.</summary>
    /// <exception cref="ArgumentException">The suite has none.</exception>
    public static IReadOnlyList<PublishedCsvRow> Of(Summary summary, string run)
    {
        if (summary.Published.Count == 0)
            throw new ArgumentException(
                $"The suite of run '{run}' has no published figures. Add the key 'published' to a suite, or export another format.",
                nameof(summary));
        return
        [
            .. summary.Published.SelectMany(row => row.Figures.Select(figure => new PublishedCsvRow
            {
                Run = run,
                Arm = row.Arm,
                Set = row.Set,
                Problems = row.Problems,
                Accuracy = row.Accuracy,
                Low = row.Interval?.Low,
                High = row.Interval?.High,
                PublishedModel = figure.Model,
                PublishedAccuracy = figure.Accuracy,
                PublishedError = figure.Error,
                Source = figure.Source,
            })),
        ];
    }
}
