using System.Globalization;
using System.Text;
using CognitiveTools.Evals.Exports;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Lab.Problems.DataAlchemy;

/// <summary>The heat map of a run: every arm on every cell, by the paper's measures.</summary>
/// <param name="Cells">Names of the cells in the order of the problem file.</param>
/// <param name="Arms">Names of the arms in the order of the suite.</param>
/// <param name="Rows">The figures by cell and arm; a pair without finished units is missing.</param>
internal sealed record ShiftTable(
    IReadOnlyList<string> Cells, IReadOnlyList<string> Arms, IReadOnlyDictionary<(string Cell, string Arm), ShiftFigures> Rows)
{
    /// <summary>Scores a stored run.</summary>
    /// <param name="run">The run, finished or not.</param>
    /// <param name="problems">The problems it ran on, as <see cref="AlchemyCell.Draw"/> wrote them.</param>
    /// <exception cref="InvalidDataException">A problem is not of this suite, or a unit's text is lost.</exception>
    public static ShiftTable From(RunResult run, ProblemSet problems)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(problems);
        var tasks = problems.Problems.ToDictionary(problem => problem.Id, Task, StringComparer.Ordinal);
        var scores = run.Units
            .Where(unit => tasks.ContainsKey(unit.Problem))
            .Select(unit => (
                tasks[unit.Problem].Cell,
                unit.Arm,
                Shown: unit.Thoughts == 0,
                Score: AlchemyAnswer.Read(run.TranscriptOf(unit)?.Reasoning.Answer ?? "").Score(tasks[unit.Problem].Task)));
        return new ShiftTable(
            [.. tasks.Values.Select(task => task.Cell).Distinct(StringComparer.Ordinal)],
            [.. run.Header.Suite.Arms.Select(arm => arm.Name)],
            scores.GroupBy(score => (score.Cell, score.Arm)).ToDictionary(
                group => group.Key, group => ShiftFigures.Of([.. group.Select(score => score.Score)], group.All(score => score.Shown))));
    }

    /// <summary>The heat map in Markdown: exact answers in percent, cells by arms.</summary>
    public string ToHeatMap()
    {
        var text = new StringBuilder(
            $"| cell | n | {string.Join(" | ", Arms.Select(MarkdownText.Cell))} |\n"
                + $"|---|---|{string.Concat(Enumerable.Repeat("---|", Arms.Count))}\n");
        foreach (var cell in Cells)
        {
            var rows = Arms.Select(arm => Rows.GetValueOrDefault((cell, arm))).ToArray();
            text.Append(CultureInfo.InvariantCulture,
                $"| {MarkdownText.Cell(cell)} | {rows.Max(row => row?.Count ?? 0)} | "
                    + $"{string.Join(" | ", rows.Select(row => Percent(row?.Answer)))} |\n");
        }

        return text.ToString();
    }

    /// <summary>
    /// Every measure in Markdown, a row per cell and arm; edit distance and BLEU stand behind the exact match of each part.
    /// </summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder("| cell | arm | n | answer | reasoning | full chain |\n|---|---|---|---|---|---|\n");
        foreach (var cell in Cells)
        {
            foreach (var arm in Arms)
            {
                if (Rows.TryGetValue((cell, arm), out var row))
                    text.Append(CultureInfo.InvariantCulture,
                        $"| {MarkdownText.Cell(cell)} | {MarkdownText.Cell(arm)} | {row.Count} | {All(row.Answer)} | {All(row.Reasoning)} "
                            + $"| {All(row.FullChain)} |\n");
            }
        }

        return text.ToString();
    }

    private static string Percent(PartFigures? part) =>
        part is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100 * part.Exact:0.0}");

    private static string All(PartFigures? part) =>
        part is null ? "-"
            : string.Create(CultureInfo.InvariantCulture, $"{100 * part.Exact:0.0}% ({part.EditDistance:0.000}, {part.Bleu:0.000})");

    private static (string Cell, AlchemyTask Task) Task(Problem problem) =>
        problem.Topic is { } cell && problem.Source is { } source
        && source.StartsWith(AlchemyCell.Source + " ", StringComparison.Ordinal)
        && AlchemyTask.TryParse(source[(AlchemyCell.Source.Length + 1)..]) is { } task
            ? (cell, task)
            : throw new InvalidDataException(
                $"Problem '{problem.Id}' is not a DataAlchemy problem: its topic must be a cell and its source '{AlchemyCell.Source} "
                    + $"QUESTION'. "
                    + "Write the file with coglab data generate dataalchemy.");
}
