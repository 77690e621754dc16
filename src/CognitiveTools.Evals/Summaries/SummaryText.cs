using System.Text;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Summaries;

/// <summary>A summary as aligned plain text, for pipes and logs.</summary>
public static class SummaryText
{
    /// <summary>Renders the warnings, the table and the power lines. Lines end in a line feed.</summary>
    /// <param name="summary">The summary.</param>
    /// <param name="details">Whether the units follow that a warning speaks of.</param>
    public static string Render(Summary summary, bool details = false)
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
        PlainTable.Append(text, table.Columns, table.Rows);
        text.Append('\n').Append(TerminalText.Line(Caption(summary))).Append('\n');
        foreach (var line in summary.Power)
            text.Append(TerminalText.Line(line)).Append('\n');
        Sampled(text, summary);
        Branches(text, summary);
        Agreements(text, summary);
        Tools(text, summary);
        return text.ToString();
    }

    private static void Branches(StringBuilder text, Summary summary) => Section(
        text,
        ["arm", "N", "coverage@N", "selected@N", "mean"],
        [.. summary.Branches.Select(b => (string[])[b.Arm, Cells.Whole(b.Branches), Cells.Percent(b.Coverage), Cells.Percent(b.Selected), Cells.Percent(b.Mean)])],
        "Of N solves of a problem: any right, the chosen one right, and one taken at random.");

    private static void Agreements(StringBuilder text, Summary summary) => Section(
        text,
        ["arm", "compared", "tokens as greedy", "spread"],
        [.. summary.Agreements.Select(a => (string[])[a.Arm, Cells.Count(a.Units), Cells.Percent(a.Identical), Cells.Percent(a.Spread)])],
        "Thoughts whose most probable token is greedy decoding's; spread: share of what was fed that is not this token's.");

    private static void Tools(StringBuilder text, Summary summary) => Section(
        text,
        ["arm", "tool", "calls", "contract kept", "broken", "truncated", "refused", "noted", "gold in output", "right>right", "right>wrong", "wrong>right", "wrong>wrong", "precision", "recall"],
        [.. summary.Tools.Select(t => (string[])
        [
            t.Arm, t.Tool, Cells.Count(t.Calls), Cells.Count(t.Kept), Cells.Count(t.Broken), Cells.Count(t.Truncated), Cells.Count(t.Refused), Cells.Count(t.Noted), Cells.Count(t.GoldSeen),
            Cells.Count(t.RightRight), Cells.Count(t.RightWrong), Cells.Count(t.WrongRight), Cells.Count(t.WrongWrong), Cells.Percent(t.Precision), Cells.Percent(t.Recall),
        ])],
        "right>wrong and the like: the answer before the call (proposed to the tool, or said so far) and at the end. Precision and recall of verdicts: of the answers rejected those that were wrong, of the wrong answers those rejected.");

    /// <summary>A table with what it means below it; nothing when there are no rows.</summary>
    private static void Section(StringBuilder text, string[] columns, string[][] rows, string meaning)
    {
        if (rows.Length == 0)
            return;
        text.Append('\n');
        PlainTable.Append(text, columns, rows);
        text.Append('\n').Append(meaning).Append('\n');
    }

    private static void Sampled(StringBuilder text, Summary summary)
    {
        if (summary.Samples < 2)
            return;
        text.Append('\n');
        PlainTable.Append(
            text,
            ["arm", "k", "pass@k", "pass^k", "G-Pass@k(0.5)", "maj@k"],
            [.. summary.Arms.SelectMany(a => a.Sampled.Select(f => (string[])[a.Name, Cells.Count(f.K), Cells.Percent(f.Pass), Cells.Percent(f.All), Cells.Percent(f.Half), Cells.Percent(f.Majority)]))]);
        text.Append('\n');
        PlainTable.Append(
            text,
            ["arm", $"avg@{summary.Samples}", "error over problems", "error over runs only", "error over clusters"],
            [.. summary.Arms.Select(a => (string[])[a.Name, Cells.Percent(a.Accuracy?.Mean ?? double.NaN), Points(a.Accuracy?.StandardError), Points(a.SamplingError), Points(a.ClusteredError)])]);
        text.Append("\nStandard errors in points: other problems; the same problems in new runs (what papers print as +-); dependent problems.\n");
        foreach (var equal in summary.AtEqualCost)
        {
            var (difference, note) = (equal.Difference, equal.Affordable > equal.K ? $" ({equal.Affordable} would cost the same, the run has {equal.K})" : "");
            text.Append(TerminalText.Line(FormattableString.Invariant(
                $"{equal.Arm} ({equal.Positions:0} positions) against {summary.Baseline} maj@{equal.K} ({equal.BaselinePositions:0}){note}: {Cells.Signed(100 * difference.Mean)} points {Cells.Range(difference.Interval, signed: true)}, p = {Cells.PValue(difference.Test.P)}."))).Append('\n');
        }
    }

    private static string Points(double? error) => Cells.Number(100 * (error ?? double.NaN), "0.0#");

    /// <summary>What the columns mean, in one line.</summary>
    public static string Caption(Summary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var problems = summary.Arms.Select(a => a.Problems).DefaultIfEmpty(0).Max();
        return $"{problems} {(problems == 1 ? "problem" : "problems")} x {summary.Samples} {(summary.Samples == 1 ? "sample" : "samples")}; accuracy = correct / all; positions, visible tokens and seconds are medians per sample; difference in points, paired by problem, against {summary.Baseline} (controls: against their arm).";
    }
}
