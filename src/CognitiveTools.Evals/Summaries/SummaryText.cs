using System.Text;
using CognitiveTools.Text;
using static CognitiveTools.Evals.Summaries.CellText;

namespace CognitiveTools.Evals.Summaries;

/// <summary>A summary as aligned plain text, for pipes and logs.</summary>
public static class SummaryText
{
    private static readonly string[] ToolColumns =
    [
        "arm", "tool", "calls", "contract kept", "broken", "truncated", "refused", "noted", "gold in output", "right>right",
        "right>wrong", "wrong>right", "wrong>wrong", "precision", "recall",
    ];

    /// <summary>Renders the warnings, the table and the power lines. Lines end in a line feed.</summary>
    /// <param name="summary">The summary.</param>
    /// <param name="details">Whether each warning is followed by the units it concerns.</param>
    public static string Render(Summary summary, bool details = false) => Render(summary, details, TextWrap.Unlimited);

    /// <summary>As <see cref="Render(Summary, bool)"/>, in lines of at most a number of characters.</summary>
    internal static string Render(Summary summary, bool details, int width)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var text = new StringBuilder();
        foreach (var warning in summary.WarningDetails)
        {
            text.Append("! ").Append(TerminalText.Line(warning.Text)).Append('\n');
            foreach (var line in details ? warning.Details : [])
                text.Append("    ").Append(TerminalText.Line(line)).Append('\n');
        }

        if (summary.WarningDetails.Count > 0)
            text.Append('\n');

        var table = SummaryTable.From(summary);
        TextTable.Figures(text, table.Columns, table.Rows, width);
        text.Append('\n').Append(TerminalText.Line(Caption(summary))).Append('\n');
        foreach (var line in summary.Power)
            text.Append(TerminalText.Line(line)).Append('\n');
        Sampled(text, summary, width);
        Branches(text, summary, width);
        Solutions(text, summary, width);
        Agreements(text, summary, width);
        Tools(text, summary, width);
        Published(text, summary, width);
        return TextWrap.Block(text.ToString(), width);
    }

    /// <summary>What the columns mean, in one line.</summary>
    internal static string Caption(Summary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var problems = summary.Arms.Select(a => a.Problems).DefaultIfEmpty(0).Max();
        return $"{Counted(problems, "problem")} x {Counted(summary.Samples, "sample")}; "
            + $"accuracy = correct / all; positions, visible tokens{Thoughts(summary)} and seconds are medians per sample; "
            + $"difference in points, paired by problem, against {summary.Baseline} (controls: against their arm).";
    }

    private static string Thoughts(Summary summary) => summary.Arms.Any(a => a.MedianThoughtTokens > 0) ? ", thought tokens" : "";

    private static string Counted(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    private static void Branches(StringBuilder text, Summary summary, int width) => Section(
        text, width,
        ["arm", "N", "coverage@N", "selected@N", "mean"],
        [.. summary.Branches.Select(b => (string[])[b.Arm, Whole(b.Branches), Percent(b.Coverage), Percent(b.Selected), Percent(b.Mean)])],
        "Of N solves of a problem: any right, the chosen one right, and one taken at random.");

    private static void Solutions(StringBuilder text, Summary summary, int width) => Section(
        text, width,
        ["arm", "N", "solutions found", "selected by vote", "selected by value"],
        [
            .. (summary.Solutions ?? []).SelectMany(curve => curve.Points.Select(point => (string[])
            [
                curve.Arm, Count(point.N), Percent(point.Coverage), Percent(point.Voted), Percent(point.Valued ?? double.NaN),
            ])),
        ],
        "Of N solves of a problem with several right answers: the mean share of these that they find, and how often the most frequent "
        + "answer and the one of highest confidence is right; expectations over all choices of N.");

    private static void Agreements(StringBuilder text, Summary summary, int width) => Section(
        text, width,
        ["arm", "compared", "tokens as greedy", "spread"],
        [.. summary.Agreements.Select(a => (string[])[a.Arm, Count(a.Units), Percent(a.Identical), Percent(a.Spread)])],
        "Thoughts whose most probable token is greedy decoding's; spread: share of what was fed that is not this token's.");

    private static void Tools(StringBuilder text, Summary summary, int width) => Section(
        text, width,
        ToolColumns,
        [.. summary.Tools.Select(Row)],
        "right>wrong and the like: the answer before the call (proposed to the tool, or said so far) and at the end. "
        + "Precision and recall of verdicts: of the answers rejected those that were wrong, of the wrong answers those rejected.");

    private static void Published(StringBuilder text, Summary summary, int width)
    {
        var table = PublishedTable.From(summary);
        Section(text, width, table.Columns, table.Rows, PublishedTable.Caption);
        foreach (var source in table.Sources)
            text.Append(TerminalText.Line(source)).Append('\n');
    }

    private static string[] Row(ToolSummary tool) =>
    [
        tool.Arm, tool.Tool, Count(tool.Calls), Count(tool.Kept), Count(tool.Broken), Count(tool.Truncated), Count(tool.Refused),
        Count(tool.Noted), Count(tool.GoldSeen), Count(tool.RightRight), Count(tool.RightWrong), Count(tool.WrongRight),
        Count(tool.WrongWrong), Percent(tool.Precision), Percent(tool.Recall),
    ];

    // A table with its meaning below it; nothing when there are no rows.
    private static void Section(
        StringBuilder text, int width, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, string meaning)
    {
        if (rows.Count == 0)
            return;
        text.Append('\n');
        TextTable.Figures(text, columns, rows, width);
        text.Append('\n').Append(meaning).Append('\n');
    }

    private static void Sampled(StringBuilder text, Summary summary, int width)
    {
        if (summary.Samples < 2)
            return;
        text.Append('\n');
        TextTable.Figures(
            text,
            ["arm", "k", "pass@k", "pass^k", "G-Pass@k(0.5)", "maj@k"],
            [.. summary.Arms.SelectMany(arm => arm.Sampled.Select(figures => Row(arm.Name, figures)))],
            width);
        text.Append('\n');
        TextTable.Figures(
            text,
            ["arm", $"avg@{summary.Samples}", "error over problems", "error over runs only", "error over clusters"],
            [.. summary.Arms.Select(Errors)],
            width);
        text.Append("\nStandard errors in points: other problems; the same problems in new runs (what papers print as +-); ")
            .Append("dependent problems.\n");
        foreach (var equal in summary.AtEqualCost)
            text.Append(TerminalText.Line(Line(equal, summary.Baseline))).Append('\n');
    }

    private static string[] Row(string arm, SampledFigures figures) =>
    [
        arm, Count(figures.K), Percent(figures.Pass), Percent(figures.All), Percent(figures.Half), Percent(figures.Majority),
    ];

    private static string[] Errors(ArmSummary arm) =>
    [
        arm.Name, Percent(arm.Accuracy?.Mean ?? double.NaN), Points(arm.Accuracy?.StandardError), Points(arm.SamplingError),
        Points(arm.ClusteredError),
    ];

    private static string Line(EqualCost equal, string baseline)
    {
        var note = equal.Affordable > equal.K ? $" ({equal.Affordable} would cost the same, the run has {equal.K})" : "";
        var (mean, interval) = (Signed(100 * equal.Difference.Mean), Range(equal.Difference.Interval, signed: true));
        return FormattableString.Invariant($"{equal.Arm} ({equal.Positions:0} positions) against {baseline} maj@{equal.K} ")
            + FormattableString.Invariant($"({equal.BaselinePositions:0}){note}: ")
            + $"{mean} points {interval}, p = {PValue(equal.Difference.Test.P)}.";
    }

    private static string Points(double? error) => Number(100 * (error ?? double.NaN), "0.0#");
}
