using System.Globalization;
using System.Text;
using CognitiveTools.Evals.Exports;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Evals.Wandering;

/// <summary>How many traces of an arm do work again, compared with another arm on the same problems.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Baseline">The arm it is compared with.</param>
/// <param name="First">Share of the baseline's traces with a line that could be left out.</param>
/// <param name="Second">Share of the arm's traces with such a line.</param>
/// <param name="Difference">Second minus first, paired by problem; only problems of which both arms left a trace.</param>
/// <param name="AdjustedP">p of no difference, after Holm over the arms.</param>
internal sealed record RevisitDrop(
    string Arm, string Baseline, double First, double Second, PairedDifference Difference, double AdjustedP)
{
    /// <summary>Compares every arm that leaves traces with the first one of the suite that does.</summary>
    /// <exception cref="InvalidDataException">A problem is not a wandering task, or a unit's text is lost.</exception>
    public static IReadOnlyList<RevisitDrop> Of(RunResult run, ProblemSet problems)
    {
        var tasks = WanderingCheck.Tasks(problems);
        var traces = run.Units.Where(unit => tasks.ContainsKey(unit.Problem))
            .Select(unit => (unit.Arm, unit.Problem, Report: TraceChecker.Check(tasks[unit.Problem], WanderingCheck.TextOf(run, unit))))
            .Where(static trace => trace.Report.Lines > 0)
            .GroupBy(static trace => (trace.Arm, trace.Problem))
            .ToDictionary(
                static group => group.Key,
                static group => (Again: group.Count(static trace => trace.Report.Removable > 0), All: group.Count()));
        string[] arms = [.. run.Header.Suite.Arms.Select(static arm => arm.Name).Where(arm => traces.Keys.Any(key => key.Arm == arm))];
        var compared = arms.Skip(1).Select(arm => (Arm: arm, Pairs: Pairs(arms[0], arm))).Where(static one => one.Pairs.Length > 0)
            .Select(static one => (one.Arm, one.Pairs, Difference: PairedDifference.Of(one.Pairs))).ToArray();
        var adjusted = Holm.Adjust([.. compared.Select(static one => one.Difference.Test.P)]);
        return [.. compared.Select((one, i) => new RevisitDrop(
            one.Arm,
            arms[0],
            one.Pairs.Average(static pair => (double)pair.FirstCorrect / pair.FirstSamples),
            one.Pairs.Average(static pair => (double)pair.SecondCorrect / pair.SecondSamples),
            one.Difference,
            adjusted[i]))];

        PairedCounts[] Pairs(string baseline, string arm) =>
        [
            .. from problem in tasks.Keys
               where traces.ContainsKey((baseline, problem)) && traces.ContainsKey((arm, problem))
               let first = traces[(baseline, problem)]
               let second = traces[(arm, problem)]
               select new PairedCounts(first.Again, first.All, second.Again, second.All),
        ];
    }

    /// <summary>The comparisons in Markdown; empty without one.</summary>
    public static string ToMarkdown(IReadOnlyList<RevisitDrop> drops)
    {
        if (drops.Count == 0)
            return "";
        var text = new StringBuilder(
            "| arm | baseline | problems | traces that revisit, baseline | arm | difference | p (Holm) |\n|---|---|---|---|---|---|---|\n");
        foreach (var drop in drops)
        {
            var interval = drop.Difference.Interval is { } range
                ? string.Create(CultureInfo.InvariantCulture, $" [{100 * range.Low:+0.0;-0.0;0.0}, {100 * range.High:+0.0;-0.0;0.0}]") : "";
            text.Append(CultureInfo.InvariantCulture,
                $"| {MarkdownText.Cell(drop.Arm)} | {MarkdownText.Cell(drop.Baseline)} | {drop.Difference.Problems} | "
                    + $"{100 * drop.First:0.0}% | {100 * drop.Second:0.0}% | {100 * drop.Difference.Mean:+0.0;-0.0;0.0}{interval} | "
                    + $"{drop.AdjustedP:0.000} |\n");
        }

        return text.ToString();
    }
}
