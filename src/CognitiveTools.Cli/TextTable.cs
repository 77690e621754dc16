using System.Text;
using CognitiveTools.Text;

namespace CognitiveTools.Cli;

/// <summary>Tables of words: left-aligned columns, cells made safe for a terminal. Tables of numbers are <c>PlainTable</c>s.</summary>
internal static class TextTable
{
    private const string Gap = "  ";

    /// <summary>The rows, one a line, every one with the same number of cells; without a line break at the end.</summary>
    public static string Of(IReadOnlyList<string[]> rows, string indent = "")
    {
        string[][] cells = [.. rows.Select(static row => row.Select(TerminalText.Line).ToArray())];
        var widths = cells[0].Select((_, column) => cells.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in cells)
        {
            var line = string.Join(Gap, row.Select((cell, column) => cell.PadRight(widths[column])));
            text.Append(indent).Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }
}
