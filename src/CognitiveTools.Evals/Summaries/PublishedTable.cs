using CognitiveTools.Evals.Suites;

namespace CognitiveTools.Evals.Summaries;

/// <summary>Published figures beside the run's own as text cells.</summary>
internal sealed record PublishedTable(
    IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string> Sources)
{
    /// <summary>What the table shows, in one line.</summary>
    public const string Caption =
        "The column published holds figures of other authors and models, not measured by this program. "
        + "This run: accuracy and 95% interval on its problems of the same set.";

    /// <summary>What the table shows and where the figures are from, in one line.</summary>
    public string CaptionWithSources => string.Join(' ', Sources.Prepend(Caption));

    /// <summary>The table of a summary, a row per figure; without rows when its suite has no published figures.</summary>
    public static PublishedTable From(Summary summary) => new(
        ["arm", "set", "this run", "published for", "published"],
        [.. summary.Published.SelectMany(row => row.Figures.Select(figure => Cells(row, figure)))],
        [.. summary.Published.SelectMany(row => row.Figures.Select(f => $"{f.Set}: {f.Source}")).Distinct(StringComparer.Ordinal)]);

    private static string[] Cells(PublishedRow row, PublishedFigure figure) =>
    [
        row.Arm,
        row.Set,
        Measured(row),
        figure.Model,
        CellText.Percent(figure.Accuracy) + (figure.Error is { } error ? $" ± {CellText.Number(100 * error, "0.0##")}" : ""),
    ];

    private static string Measured(PublishedRow row) => row.Measured is { } measured
        ? $"{CellText.Percent(measured.Mean)} {CellText.Range(measured.Interval, signed: false)} on {row.Problems}"
        : "not in this run";
}
