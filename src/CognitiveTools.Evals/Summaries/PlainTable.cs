using System.Text;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Summaries;

/// <summary>
/// Aligned plain-text tables: the first column to the left, the others to the right. Cells are made safe for a terminal.
/// </summary>
internal static class PlainTable
{
    /// <summary>Appends a table.</summary>
    public static void Append(StringBuilder text, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        string[][] cells = [.. rows.Prepend(columns).Select(row => row.Select(TerminalText.Line).ToArray())];
        var widths = columns.Select((_, i) => cells.Max(row => row[i].Length)).ToArray();
        Append(text, cells[0], widths);
        text.AppendJoin("  ", widths.Select(w => new string('-', w))).Append('\n');
        foreach (var row in cells.Skip(1))
            Append(text, row, widths);
    }

    private static void Append(StringBuilder text, string[] cells, int[] widths)
    {
        var line = string.Join("  ", cells.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])));
        text.Append(line.TrimEnd()).Append('\n');
    }
}
