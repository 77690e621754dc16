using System.Text;
using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Evals.Exports;

/// <summary>The headline table as Markdown and LaTeX, with its caption and warnings.</summary>
public static class TableMarkup
{
    /// <summary>A pipe table, warnings above it and the caption below.</summary>
    public static string Markdown(Summary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var table = SummaryTable.From(summary);
        var text = new StringBuilder();
        foreach (var warning in summary.Warnings)
            text.Append("> **Warning:** ").Append(Pipe(warning)).Append("\n\n");
        Row(text, table.Columns);
        text.Append('|').AppendJoin('|', table.Columns.Select((_, i) => i == 0 ? "---" : "--:")).Append("|\n");
        foreach (var row in table.Rows)
            Row(text, row);
        return text.Append(SummaryText.Caption(summary)).Append('\n').ToString();

        static void Row(StringBuilder text, IReadOnlyList<string> cells) => text.Append("| ").AppendJoin(" | ", cells.Select(Pipe)).Append(" |\n");

        static string Pipe(string cell) => cell.Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    /// <summary>A table environment for the package booktabs; warnings become comments.</summary>
    public static string Latex(Summary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var table = SummaryTable.From(summary);
        var text = new StringBuilder();
        foreach (var warning in summary.Warnings)
            text.Append("% Warning: ").Append(warning.ReplaceLineEndings(" ")).Append('\n');
        text.Append("\\begin{table}\n\\centering\n\\begin{tabular}{l").Append('r', table.Columns.Count - 1).Append("}\n\\toprule\n");
        Row(text, table.Columns);
        text.Append("\\midrule\n");
        foreach (var row in table.Rows)
            Row(text, row);
        return text.Append("\\bottomrule\n\\end{tabular}\n\\caption{").Append(Escape(SummaryText.Caption(summary).Trim())).Append("}\n\\end{table}\n").ToString();

        static void Row(StringBuilder text, IReadOnlyList<string> cells) => text.AppendJoin(" & ", cells.Select(Escape)).Append(" \\\\\n");
    }

    private static string Escape(string cell)
    {
        var text = new StringBuilder();
        if (cell.StartsWith("  ", StringComparison.Ordinal))
            text.Append("\\quad ");
        foreach (var character in cell.Trim())
        {
            text.Append(character switch
            {
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{character}",
                '<' => "\\textless{}",
                '>' => "\\textgreater{}",
                '\\' => "\\textbackslash{}",
                '^' => "\\textasciicircum{}",
                '~' => "\\textasciitilde{}",
                _ => $"{character}",
            });
        }

        return text.ToString();
    }
}
