using System.Text;
using CognitiveTools.Evals.Summaries;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Exports;

/// <summary>The headline table as Markdown and LaTeX, with its caption and warnings, and the table of published figures.</summary>
internal static class TableMarkup
{
    /// <summary>Pipe tables, warnings above and the captions below.</summary>
    public static string Markdown(Summary summary)
    {
        var table = SummaryTable.From(summary);
        var text = new StringBuilder();
        foreach (var warning in summary.Warnings)
            text.Append("> **Warning:** ").Append(MarkdownText.Cell(warning)).Append("\n\n");
        Table(text, table.Columns, table.Rows, SummaryText.Caption(summary));
        if (PublishedTable.From(summary) is { Rows.Count: > 0 } published)
            Table(text.Append('\n'), published.Columns, published.Rows, published.CaptionWithSources);
        return text.ToString();

        static void Table(
            StringBuilder text, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, string caption)
        {
            Row(text, columns);
            text.Append('|').AppendJoin('|', columns.Select((_, i) => i == 0 ? "---" : "--:")).Append("|\n");
            foreach (var row in rows)
                Row(text, row);
            text.Append('\n').Append(MarkdownText.Cell(caption)).Append('\n');
        }

        static void Row(StringBuilder text, IReadOnlyList<string> cells) =>
            text.Append("| ").AppendJoin(" | ", cells.Select(MarkdownText.Cell)).Append(" |\n");
    }

    /// <summary>Table environments for the package booktabs; warnings become comments.</summary>
    public static string Latex(Summary summary)
    {
        var table = SummaryTable.From(summary);
        var text = new StringBuilder();
        foreach (var warning in summary.Warnings)
            text.Append("% Warning: ").Append(TerminalText.Line(warning.ReplaceLineEndings(" "))).Append('\n');
        Table(text, table.Columns, table.Rows, SummaryText.Caption(summary));
        if (PublishedTable.From(summary) is { Rows.Count: > 0 } published)
            Table(text.Append('\n'), published.Columns, published.Rows, published.CaptionWithSources);
        return text.ToString();

        static void Table(
            StringBuilder text, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, string caption)
        {
            text.Append("\\begin{table}\n\\centering\n\\begin{tabular}{l").Append('r', columns.Count - 1).Append("}\n\\toprule\n");
            Row(text, columns);
            text.Append("\\midrule\n");
            foreach (var row in rows)
                Row(text, row);
            text.Append("\\bottomrule\n\\end{tabular}\n\\caption{").Append(LatexText.Cell(caption)).Append("}\n\\end{table}\n");
        }

        static void Row(StringBuilder text, IReadOnlyList<string> cells) =>
            text.AppendJoin(" & ", cells.Select(LatexText.Cell)).Append(" \\\\\n");
    }
}
