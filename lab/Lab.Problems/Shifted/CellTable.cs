using System.Globalization;
using System.Text;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Exports;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Lab.Problems.Shifted;

/// <summary>A run by cell, the topic of its problems: every arm's accuracy and positions, and one arm against others.</summary>
/// <param name="Figures">Every arm in every cell, cells in the order of the problem file.</param>
/// <param name="Differences">The arm against each other one in every cell.</param>
internal sealed record CellTable(IReadOnlyList<CellFigure> Figures, IReadOnlyList<CellDifference> Differences)
{
    /// <summary>Reads a stored run.</summary>
    /// <param name="run">The run; a cell in which an arm has no units is left out of its rows.</param>
    /// <param name="problems">The problems it ran on.</param>
    /// <param name="arm">The arm to compare.</param>
    /// <param name="against">The arms it is compared with, on the problems that both have.</param>
    /// <exception cref="ArgumentException">The run has no such arm.</exception>
    /// <exception cref="InvalidDataException">A problem has no topic.</exception>
    public static CellTable Of(RunResult run, ProblemSet problems, string arm, IReadOnlyList<string> against)
    {
        var arms = run.Header.Suite.Arms.Select(static known => known.Name).ToArray();
        if (against.Prepend(arm).FirstOrDefault(name => !arms.Contains(name, StringComparer.Ordinal)) is { } unknown)
            throw new ArgumentException($"The run has no arm '{unknown}'; there are {string.Join(", ", arms)}.");
        var cells = problems.Problems.ToDictionary(
            static problem => problem.Id,
            static problem => problem.Topic
                ?? throw new InvalidDataException($"Problem '{problem.Id}' has no topic, so it is in no cell."),
            StringComparer.Ordinal);
        var units = run.Units.Where(unit => cells.ContainsKey(unit.Problem))
            .ToLookup(unit => (Cell: cells[unit.Problem], unit.Arm));
        string[] names = [.. cells.Values.Distinct(StringComparer.Ordinal)];
        CellFigure[] figures =
        [
            .. from cell in names from name in arms let found = units[(cell, name)].ToArray() where found.Length > 0
               select CellFigure.Of(cell, name, found),
        ];
        var pairs = (from other in against
                     from cell in names
                     let counts = Paired(units[(cell, other)], units[(cell, arm)])
                     where counts.Length > 0
                     select (Cell: cell, Other: other, Difference: PairedDifference.Of(counts))).ToArray();
        var adjusted = Holm.Adjust([.. pairs.Select(static pair => pair.Difference.Test.P)]);
        return new CellTable(
            figures, [.. pairs.Select((pair, i) => new CellDifference(pair.Cell, arm, pair.Other, pair.Difference, adjusted[i]))]);
    }

    /// <summary>Both tables in Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder("| cell | arm | problems | accuracy | positions (median) |\n|---|---|--:|--:|--:|\n");
        foreach (var figure in Figures)
        {
            var positions = figure.Positions is { } known ? known.ToString("0", CultureInfo.InvariantCulture) : "unknown";
            text.Append(CultureInfo.InvariantCulture,
                $"| {MarkdownText.Cell(figure.Cell)} | {MarkdownText.Cell(figure.Arm)} | {figure.Problems} | "
                    + $"{100 * figure.Accuracy:0.0}% | {positions} |\n");
        }

        text.Append("\n| cell | arm | against | problems | difference | p (Holm) |\n|---|---|---|--:|--:|--:|\n");
        foreach (var row in Differences)
        {
            var interval = row.Difference.Interval is { } range
                ? string.Create(CultureInfo.InvariantCulture, $" [{100 * range.Low:+0.0;-0.0;0.0}, {100 * range.High:+0.0;-0.0;0.0}]") : "";
            text.Append(CultureInfo.InvariantCulture,
                $"| {MarkdownText.Cell(row.Cell)} | {MarkdownText.Cell(row.Arm)} | {MarkdownText.Cell(row.Against)} | "
                    + $"{row.Difference.Problems} | {100 * row.Difference.Mean:+0.0;-0.0;0.0}{interval} | {row.AdjustedP:0.000} |\n");
        }

        return text.ToString();
    }

    private static PairedCounts[] Paired(IEnumerable<UnitRecord> first, IEnumerable<UnitRecord> second)
    {
        var others = second.ToLookup(static unit => unit.Problem, StringComparer.Ordinal);
        return
        [
            .. from unit in first
               group unit by unit.Problem into mine
               where others.Contains(mine.Key)
               let theirs = others[mine.Key].ToArray()
               select new PairedCounts(mine.Count(IsRight), mine.Count(), theirs.Count(IsRight), theirs.Length),
        ];
    }

    private static bool IsRight(UnitRecord unit) => unit.Status == SampleStatus.Correct;
}
