using System.Globalization;
using System.Text;
using CognitiveTools.Evals.Exports;

namespace CognitiveTools.Evals.Wandering;

/// <summary>What the traces of one arm on one kind of task are worth.</summary>
/// <param name="Arm">The arm, or the name of a response file.</param>
/// <param name="Task">Kind of task.</param>
/// <param name="Traces">The checked traces.</param>
internal sealed record WanderingSummary(string Arm, string Task, IReadOnlyList<TraceReport> Traces)
{
    /// <summary>Faults by kind, over all traces.</summary>
    public IReadOnlyDictionary<TraceFaultKind, int> Faults =>
        Enum.GetValues<TraceFaultKind>().ToDictionary(kind => kind, kind => Traces.Sum(trace => trace.Faults.Count(fault => fault.Kind == kind)));

    /// <summary>The miss rate per step; every goal of every trace is a trial of its own.</summary>
    public MissRateFit? MissRate =>
        MissRateFit.Of(Traces.SelectMany(trace => trace.Goals.Select(goal => new Trial(goal.Value, 1, trace.Reached.Contains(goal.Key)))));

    /// <summary>Summaries in Markdown: one table of quality, one of faults.</summary>
    public static string ToMarkdown(IReadOnlyList<WanderingSummary> summaries)
    {
        ArgumentNullException.ThrowIfNull(summaries);
        var text = new StringBuilder("| arm | task | traces | ended | valid | effective | necessary | coverage | redundancy | median first fault | miss rate per step |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var one in summaries)
        {
            var first = one.Traces.Select(trace => trace.FirstFault).OfType<int>().Order().ToArray();
            var fit = one.MissRate is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{rate.MissRate:0.0000} [{rate.Interval.Low:0.0000}, {rate.Interval.High:0.0000}]") : "-";
            text.Append(CultureInfo.InvariantCulture, $"| {MarkdownText.Cell(one.Arm)} | {MarkdownText.Cell(one.Task)} | {one.Traces.Count} | {one.Share(t => t.Ended)} | {one.Share(t => t.Valid)} | {one.Share(t => t.Effective)} | {one.Share(t => t.Necessary)} | {100 * one.Traces.Average(t => t.Coverage):0.0}% | {100 * one.Traces.Average(t => t.Redundancy):0.0}% | {(first.Length == 0 ? "-" : $"line {first[first.Length / 2] + 1}")} | {fit} |\n");
        }

        var kinds = Enum.GetValues<TraceFaultKind>();
        text.Append(CultureInfo.InvariantCulture, $"\n| arm | task | {string.Join(" | ", kinds.Select(Words))} |\n|---|---|{string.Concat(Enumerable.Repeat("---|", kinds.Length))}\n");
        foreach (var one in summaries)
            text.Append(CultureInfo.InvariantCulture, $"| {MarkdownText.Cell(one.Arm)} | {MarkdownText.Cell(one.Task)} | {string.Join(" | ", kinds.Select(kind => one.Faults[kind]))} |\n");
        return text.ToString();
    }

    private string Share(Func<TraceReport, bool> has) =>
        string.Create(CultureInfo.InvariantCulture, $"{100.0 * Traces.Count(has) / Traces.Count:0.0}%");

    private static string Words(TraceFaultKind kind) =>
        string.Concat(kind.ToString().Select((letter, i) => i > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
