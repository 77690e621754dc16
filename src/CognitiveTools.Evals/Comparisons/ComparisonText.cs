using System.Text;
using CognitiveTools.Evals.Summaries;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Comparisons;

/// <summary>A comparison as plain text.</summary>
internal static class ComparisonText
{
    private const int MostIds = 12;

    /// <summary>Renders warnings, table, and which problems changed sides. Lines end in a line feed.</summary>
    public static string Render(RunComparison comparison) => Render(comparison, TextWrap.Unlimited);

    /// <summary>As <see cref="Render(RunComparison)"/>, in lines of at most a number of characters.</summary>
    internal static string Render(RunComparison comparison, int width)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var text = new StringBuilder();
        foreach (var warning in comparison.Warnings)
            text.Append("! ").Append(TerminalText.Line(warning)).Append('\n');
        if (comparison.Warnings.Count > 0)
            text.Append('\n');
        TextTable.Figures(
            text,
            ["first", "second", "problems", "accuracy", "difference", "p", "p (Holm)", "better", "worse", "positions"],
            [.. comparison.Rows.Select(Row)],
            width);
        text.Append("\nDifference in points, second minus first, paired by problem; better and worse count problems.\n");
        foreach (var row in comparison.Rows)
        {
            if (row.LeftOut > 0)
            {
                text.Append(TerminalText.Line(
                    $"{row.First} / {row.Second}: {row.LeftOut} problems that only one of the two answered are left out.")).Append('\n');
            }

            Ids(text, $"{row.First} -> {row.Second} gained", row.Gained);
            Ids(text, $"{row.First} -> {row.Second} lost", row.Lost);
        }

        return TextWrap.Block(text.ToString(), width);
    }

    private static string[] Row(ComparedArms row) =>
    [
        row.First,
        row.Second,
        CellText.Count(row.Difference.Problems),
        $"{CellText.Percent(row.FirstAccuracy)} -> {CellText.Percent(row.SecondAccuracy)}",
        $"{CellText.Signed(100 * row.Difference.Mean)} {CellText.Range(row.Difference.Interval, signed: true)}",
        CellText.PValue(row.Difference.Test.P),
        CellText.PValue(row.AdjustedP),
        CellText.Count(row.Difference.Better),
        CellText.Count(row.Difference.Worse),
        $"{CellText.Cost(row.FirstPositions)} -> {CellText.Cost(row.SecondPositions)}",
    ];

    private static void Ids(StringBuilder text, string title, IReadOnlyList<string> ids)
    {
        if (ids.Count == 0)
            return;
        var rest = ids.Count > MostIds ? $" and {ids.Count - MostIds} more (--json lists all)" : "";
        text.Append(TerminalText.Line($"{title} ({ids.Count}): {string.Join(", ", ids.Take(MostIds))}{rest}")).Append('\n');
    }
}
