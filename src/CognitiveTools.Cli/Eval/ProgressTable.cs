using System.Globalization;
using CognitiveTools.Evals.Progress;
using CognitiveTools.Text;
using Spectre.Console;

namespace CognitiveTools.Cli.Eval;

/// <summary>
/// The live table of a run, never wider than the terminal. When it would be, the columns are dropped in this order: truncated, errors,
/// correct; after them a name is cut. The line above it drops its last parts.
/// </summary>
internal static class ProgressTable
{
    private const int Frame = 3; // a border and the spaces beside a cell
    private const int ShortestName = 8;

    private static readonly (string Head, Func<ArmProgress, string> Cell)[] Figures =
    [
        ("done", static arm => $"{arm.Finished}/{arm.Planned}"),
        ("correct", static arm => $"{arm.Correct}"),
        ("errors", static arm => $"{arm.Errors}"),
        ("truncated", static arm => $"{arm.Truncated}"),
    ];

    /// <summary>The table at a moment.</summary>
    /// <param name="at">The progress.</param>
    /// <param name="width">Characters of a line.</param>
    public static Table Of(RunSnapshot at, int width)
    {
        string[] names = [.. at.Arms.Select(static arm => TerminalText.Line(arm.Arm))];
        var name = names.Select(static text => text.Length).Append("arm".Length).Max();
        var figures = Figures.ToList();
        while (figures.Count > 1 && Width(at, name, figures) > width)
            figures.RemoveAt(figures.Count - 1);
        name = Math.Max(ShortestName, name - Math.Max(0, Width(at, name, figures) - width));

        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(Line(at, width)));
        table.AddColumn(new TableColumn("arm").NoWrap());
        foreach (var (head, _) in figures)
            table.AddColumn(new TableColumn(head).RightAligned().NoWrap());
        foreach (var (i, arm) in at.Arms.Index())
            table.AddRow([Markup.Escape(Cut(names[i], name)), .. figures.Select(figure => figure.Cell(arm))]);
        return table;
    }

    /// <summary>The line above the table: as many of its parts as fit.</summary>
    internal static string Line(RunSnapshot at, int width)
    {
        string?[] parts =
        [
            Invariant($"{at.Finished} of {at.Planned} units"),
            at.Remaining is { } time ? Invariant($"about {time:h\\:mm\\:ss} to go") : null,
            Invariant($"{at.Elapsed:h\\:mm\\:ss} so far"),
            Invariant($"{at.PositionsPerSecond:0} positions/s"),
            Invariant($"{at.InFlight} in flight"),
            at.PositionsInAll is { } positions ? Invariant($"about {positions:N0} positions in all") : null,
        ];
        return parts.OfType<string>().Aggregate((line, part) => line.Length + 2 + part.Length <= width ? $"{line}, {part}" : line);
    }

    private static int Width(RunSnapshot at, int name, List<(string Head, Func<ArmProgress, string> Cell)> figures) =>
        1 + name + Frame + figures.Sum(figure => Frame + at.Arms.Select(arm => figure.Cell(arm).Length).Append(figure.Head.Length).Max());

    private static string Cut(string name, int width) => name.Length <= width ? name : name[..(width - 1)] + "…";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
