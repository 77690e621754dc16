using System.Text;

namespace CognitiveTools.Evals.Summaries;

/// <summary>A summary as aligned plain text, for pipes and logs.</summary>
public static class SummaryText
{
    /// <summary>Renders the warnings, the table and the power lines. Lines end in a line feed.</summary>
    public static string Render(Summary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var text = new StringBuilder();
        foreach (var warning in summary.Warnings)
            text.Append("! ").Append(warning).Append('\n');
        if (summary.Warnings.Count > 0)
            text.Append('\n');

        var table = SummaryTable.From(summary);
        var widths = table.Columns.Select((head, i) => Math.Max(head.Length, table.Rows.Max(r => r[i].Length))).ToArray();
        Append(text, table.Columns, widths);
        text.AppendJoin("  ", widths.Select(w => new string('-', w))).Append('\n');
        foreach (var row in table.Rows)
            Append(text, row, widths);

        text.Append(Caption(summary)).Append('\n');
        foreach (var line in summary.Power)
            text.Append(line).Append('\n');
        return text.ToString();
    }

    /// <summary>What the columns mean, in one line.</summary>
    public static string Caption(Summary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var problems = summary.Arms.Select(a => a.Problems).DefaultIfEmpty(0).Max();
        return $"\n{problems} problems x {summary.Samples} {(summary.Samples == 1 ? "sample" : "samples")}; accuracy = correct / all; positions, visible tokens and seconds are medians per sample; difference in points, paired by problem, against {summary.Baseline} (controls: against their arm).";
    }

    private static void Append(StringBuilder text, IReadOnlyList<string> cells, int[] widths)
    {
        var line = string.Join("  ", cells.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])));
        text.Append(line.TrimEnd()).Append('\n');
    }
}
