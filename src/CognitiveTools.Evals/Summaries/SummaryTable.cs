namespace CognitiveTools.Evals.Summaries;

/// <summary>The headline table as text cells, for whatever draws it.</summary>
/// <param name="Columns">Column heads; all but the first are numbers and belong to the right.</param>
/// <param name="Rows">The rows, each with one cell per column.</param>
internal sealed record SummaryTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The table of a summary.</summary>
    public static SummaryTable From(Summary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        string[] columns = ["arm", "accuracy", "95% interval", "difference", "p (Holm)", "positions", "visible", "seconds", "truncated", "no answer", "errors"];
        var rows = summary.Arms.Select(a => Row(a, summary.Baseline));
        return summary.Arms.Any(a => a.Missing > 0)
            ? new([.. columns, "answered"], [.. rows.Zip(summary.Arms, (row, arm) => (string[])[.. row, Answered(arm)])])
            : new(columns, [.. rows]);
    }

    private static string Answered(ArmSummary arm) => FormattableString.Invariant($"{arm.Units - arm.Missing} of {arm.Units}");

    private static string[] Row(ArmSummary arm, string baseline)
    {
        Func<double, string> cost = arm.Units > 0 ? Cells.Cost : Cells.Whole;
        string[] tail = [cost(arm.MedianPositions), cost(arm.MedianVisibleTokens), Cells.Number(arm.MedianSeconds, "0.0##"), Cells.Count(arm.Truncated), Cells.Count(arm.NoAnswer), Cells.Count(arm.Errors)];
        var name = arm.ControlOf is null ? arm.Name : $"  control {arm.Name}";
        return arm.Accuracy is { } accuracy
            ? [name, Cells.Percent(accuracy.Mean), Cells.Range(accuracy.Interval, signed: false), .. Difference(arm, baseline), .. tail]
            : [name, "-", "-", "-", "-", .. tail];
    }

    private static string[] Difference(ArmSummary arm, string baseline)
    {
        if (arm.Comparison is not { } comparison)
            return [arm.Name == baseline ? "baseline" : "-", "-"];
        var difference = $"{Cells.Signed(100 * comparison.Difference.Mean)} {Cells.Range(comparison.Difference.Interval, signed: true)}";
        return [comparison.Against == baseline ? difference : $"{difference} vs {comparison.Against}", Cells.PValue(comparison.AdjustedP)];
    }
}
