namespace CognitiveTools.Evals.Summaries;

/// <summary>The headline table as text cells, for whatever draws it.</summary>
internal sealed record SummaryTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The table of a summary.</summary>
    public static SummaryTable From(Summary summary)
    {
        string[] columns =
        [
            "arm", "accuracy", "95% interval", "difference", "p (Holm)", "positions", "visible", "seconds", "truncated", "no answer",
            "errors",
        ];
        IReadOnlyList<string>[] rows = [.. summary.Arms.Select(a => Row(a, summary.Baseline))];
        var table = new SummaryTable(columns, rows);
        if (summary.Arms.Any(a => a.MedianThoughtTokens > 0))
            table = table.With("thoughts", summary.Arms.Select(a => CellText.Cost(a.MedianThoughtTokens)));
        return summary.Arms.Any(a => a.Missing > 0) ? table.With("answered", summary.Arms.Select(Answered)) : table;
    }

    private SummaryTable With(string column, IEnumerable<string> cells) =>
        new([.. Columns, column], [.. Rows.Zip(cells, (row, cell) => (string[])[.. row, cell])]);

    private static string Answered(ArmSummary arm) => FormattableString.Invariant($"{arm.Units - arm.Missing} of {arm.Units}");

    private static string[] Row(ArmSummary arm, string baseline)
    {
        Func<double, string> cost = arm.Units > 0 ? CellText.Cost : CellText.Whole;
        string[] tail =
        [
            cost(arm.MedianPositions), cost(arm.MedianVisibleTokens), CellText.Number(arm.MedianSeconds, "0.0##"),
            CellText.Count(arm.Truncated), CellText.Count(arm.NoAnswer), CellText.Count(arm.Errors),
        ];
        var name = arm.ControlOf is null ? arm.Name : $"  control {arm.Name}";
        return arm.Accuracy is { } accuracy
            ? [name, CellText.Percent(accuracy.Mean), CellText.Range(accuracy.Interval, false), .. Difference(arm, baseline), .. tail]
            : [name, "-", "-", "-", "-", .. tail];
    }

    private static string[] Difference(ArmSummary arm, string baseline)
    {
        if (arm.Comparison is not { } comparison)
            return [arm.Name == baseline ? "baseline" : "-", "-"];
        var range = CellText.Range(comparison.Difference.Interval, signed: true);
        var difference = $"{CellText.Signed(100 * comparison.Difference.Mean)} {range}";
        return
        [
            comparison.Against == baseline ? difference : $"{difference} vs {comparison.Against}",
            CellText.PValue(comparison.AdjustedP),
        ];
    }
}
