using System.Globalization;
using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Evals.Summaries;

/// <summary>The headline table as text cells, for whatever draws it.</summary>
/// <param name="Columns">Column heads; all but the first are numbers and belong to the right.</param>
/// <param name="Rows">The rows, each with one cell per column.</param>
public sealed record SummaryTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The table of a summary.</summary>
    public static SummaryTable From(Summary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new SummaryTable(
            ["arm", "accuracy", "95% interval", "difference", "p (Holm)", "positions", "visible", "seconds", "truncated", "no answer", "errors"],
            [.. summary.Arms.Select(a => Row(a, summary.Baseline))]);
    }

    private static string[] Row(ArmSummary arm, string baseline)
    {
        string[] tail = [Whole(arm.MedianPositions), Whole(arm.MedianVisibleTokens), Number(arm.MedianSeconds, "0.0##"), Count(arm.Truncated), Count(arm.NoAnswer), Count(arm.Errors)];
        var name = arm.ControlOf is null ? arm.Name : $"  control {arm.Name}";
        return arm.Accuracy is { } accuracy
            ? [name, $"{Number(100 * accuracy.Mean, "0.0")}%", Range(accuracy.Interval, signed: false), .. Difference(arm, baseline), .. tail]
            : [name, "-", "-", "-", "-", .. tail];
    }

    private static string[] Difference(ArmSummary arm, string baseline)
    {
        if (arm.Comparison is not { } comparison)
            return [arm.Name == baseline ? "baseline" : "-", "-"];
        var difference = $"{Signed(100 * comparison.Difference.Mean)} {Range(comparison.Difference.Interval, signed: true)}";
        return [comparison.Against == baseline ? difference : $"{difference} vs {comparison.Against}", PValue(comparison.AdjustedP)];
    }

    private static string PValue(double p) => p < 0.001 ? "< 0.001" : Number(p, "0.000");

    private static string Range(Interval? interval, bool signed) => interval is not { } range
        ? "-"
        : signed ? $"[{Signed(100 * range.Low)}, {Signed(100 * range.High)}]" : $"[{Number(100 * range.Low, "0.0")}, {Number(100 * range.High, "0.0")}]";

    private static string Signed(double value) => Number(value, "+0.0;-0.0;0.0");

    private static string Whole(double value) => Number(value, "0.#");

    private static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value, string format) =>
        double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);
}
