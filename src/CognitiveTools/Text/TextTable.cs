using System.Text;

namespace CognitiveTools.Text;

/// <summary>
/// Plain-text tables that fit a width. Cells are made safe for a terminal. Nothing is left out of a table that is too wide: first the last
/// column of a table of words is wrapped, then the first column of any table, and then the columns that do not fit follow, in their order,
/// as further tables that repeat the first column.
/// </summary>
internal static class TextTable
{
    private const string Gap = "  ";
    private const int NarrowestText = 24;

    /// <summary>A table of words: all columns to the left, no head.</summary>
    /// <param name="rows">One or more rows with the same number of cells.</param>
    /// <param name="width">Characters of a line; <see cref="TextWrap.Unlimited"/> for a file or a pipe.</param>
    /// <param name="indent">What every line begins with.</param>
    /// <returns>The lines, without a line break at the end.</returns>
    public static string Words(IReadOnlyList<IReadOnlyList<string>> rows, int width, string indent = "")
    {
        var cells = Safe(rows);
        var widths = Widths(cells);
        var available = width == TextWrap.Unlimited ? width : Math.Max(width - indent.Length, NarrowestText);
        Shrink(widths, widths.Length - 1, NarrowestText, available);
        var text = new StringBuilder();
        foreach (var block in Blocks(widths, available))
        {
            foreach (var row in cells)
                Append(text, row, block, widths, alignRight: false, indent);
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>A table of figures: the first column to the left, the others to the right, a head and a line below it.</summary>
    /// <param name="text">Where the table is appended, with a line break at the end.</param>
    /// <param name="columns">The head.</param>
    /// <param name="rows">Rows with as many cells as the head.</param>
    /// <param name="width">As in <see cref="Words"/>.</param>
    public static void Figures(
        StringBuilder text, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, int width = TextWrap.Unlimited)
    {
        var cells = Safe([columns, .. rows]);
        var widths = Widths(cells);
        foreach (var (i, block) in Blocks(widths, width).Index())
        {
            if (i > 0)
                text.Append('\n');
            Append(text, cells[0], block, widths, alignRight: true, "");
            text.AppendJoin(Gap, block.Select(column => new string('-', widths[column]))).Append('\n');
            foreach (var row in cells.Skip(1))
                Append(text, row, block, widths, alignRight: true, "");
        }
    }

    private static string[][] Safe(IReadOnlyList<IReadOnlyList<string>> rows) =>
        [.. rows.Select(static row => row.Select(TerminalText.Line).ToArray())];

    private static int[] Widths(string[][] cells) => [.. cells[0].Select((_, column) => cells.Max(row => row[column].Length))];

    // Takes from one column what the table is too wide, down to a least width.
    private static void Shrink(int[] widths, int column, int least, int available)
    {
        var excess = (long)widths.Sum() + (Gap.Length * (widths.Length - 1)) - available;
        if (excess > 0)
            widths[column] = (int)Math.Min(widths[column], Math.Max(least, widths[column] - excess));
    }

    // The columns of each table; the first column is in all of them, and at most half of the width is its.
    private static IEnumerable<List<int>> Blocks(int[] widths, int available)
    {
        if (widths.Length > 1)
            Shrink(widths, 0, Math.Min(widths[0], Math.Max(available / 2, 1)), available);
        var block = new List<int> { 0 };
        var used = widths[0];
        for (var column = 1; column < widths.Length; column++)
        {
            if (block.Count > 1 && used + Gap.Length + widths[column] > available)
            {
                yield return block;
                (block, used) = ([0], widths[0]);
            }

            // A single column that is still too wide is wrapped, like the first.
            if (block.Count == 1)
                widths[column] = Math.Min(widths[column], Math.Max(available - used - Gap.Length, 1));
            block.Add(column);
            used += Gap.Length + widths[column];
        }

        yield return block;
    }

    private static void Append(StringBuilder text, string[] row, List<int> block, int[] widths, bool alignRight, string indent)
    {
        string[][] cells = [.. block.Select(column => TextWrap.Cells(row[column], widths[column]).ToArray())];
        for (var i = 0; i < cells.Max(static cell => cell.Length); i++)
        {
            var parts = block.Index().Select(place =>
            {
                var part = cells[place.Index].ElementAtOrDefault(i) ?? "";
                return alignRight && place.Item > 0 ? part.PadLeft(widths[place.Item]) : part.PadRight(widths[place.Item]);
            });
            text.Append(indent).Append(string.Join(Gap, parts).TrimEnd()).Append('\n');
        }
    }
}
