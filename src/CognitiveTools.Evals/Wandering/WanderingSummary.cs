using System.Globalization;
using System.Text;
using CognitiveTools.Evals.Exports;

namespace CognitiveTools.Evals.Wandering;

/// <summary>What the traces of one arm on one kind of task are worth.</summary>
internal sealed record WanderingSummary(string Arm, string Task, IReadOnlyList<TraceReport> Traces)
{
    private static readonly string[] Measures =
    [
        "traces", "ended", "valid", "effective", "necessary", "coverage", "redundancy", "median first fault", "miss rate per step",
    ];

    private static readonly string[] Far = ["steps to a goal", "goals", "missed", "miss rate"];

    /// <summary>Faults by kind, over all traces.</summary>
    public IReadOnlyDictionary<TraceFaultKind, int> Faults =>
        Enum.GetValues<TraceFaultKind>().ToDictionary(
            kind => kind, kind => Traces.Sum(trace => trace.Faults.Count(fault => fault.Kind == kind)));

    /// <summary>The miss rate per step; every goal of every trace is a trial of its own.</summary>
    public MissRateFit? MissRate =>
        MissRateFit.Of(Traces.SelectMany(trace => trace.Goals
            .Select(goal => new SearchTrial(goal.Value, 1, trace.Reached.Contains(goal.Key)))));

    /// <summary>By the steps to a goal, in order: how many goals of the traces are so far, and how many of these were missed.</summary>
    public IReadOnlyList<(int Steps, int Goals, int Missed)> Depths =>
    [
        .. Traces.SelectMany(static trace => trace.Goals.Select(goal => (goal.Value, Missed: !trace.Reached.Contains(goal.Key))))
            .GroupBy(static goal => goal.Value).OrderBy(static group => group.Key)
            .Select(static group => (group.Key, group.Count(), group.Count(static goal => goal.Missed))),
    ];

    /// <summary>Summaries in Markdown: one table of quality, one of faults, one of goals missed by the steps that lead to them.</summary>
    public static string ToMarkdown(IReadOnlyList<WanderingSummary> summaries)
    {
        var text = new StringBuilder();
        Row(text, "arm", "task", Measures);
        Rule(text, Measures.Length);
        foreach (var one in summaries)
            Row(text, one.Arm, one.Task, one.Figures());
        var kinds = Enum.GetValues<TraceFaultKind>();
        text.Append('\n');
        Row(text, "arm", "task", kinds.Select(Words));
        Rule(text, kinds.Length);
        foreach (var one in summaries)
            Row(text, one.Arm, one.Task, kinds.Select(kind => one.Faults[kind].ToString(CultureInfo.InvariantCulture)));
        text.Append('\n');
        Row(text, "arm", "task", Far);
        Rule(text, Far.Length);
        foreach (var one in summaries)
        {
            foreach (var (steps, goals, missed) in one.Depths)
            {
                var rate = FormattableString.Invariant($"{100.0 * missed / goals:0.0}%");
                Row(text, one.Arm, one.Task, [$"{steps}", $"{goals}", $"{missed}", rate]);
            }
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, string arm, string task, IEnumerable<string> cells) =>
        text.Append($"| {MarkdownText.Cell(arm)} | {MarkdownText.Cell(task)} | ").AppendJoin(" | ", cells).Append(" |\n");

    private static void Rule(StringBuilder text, int columns) =>
        text.Append("|---|---|").Append(string.Concat(Enumerable.Repeat("---|", columns))).Append('\n');

    private string[] Figures()
    {
        var first = Traces.Select(trace => trace.FirstFault).OfType<int>().Order().ToArray();
        return
        [
            Traces.Count.ToString(CultureInfo.InvariantCulture),
            Share(t => t.Ended),
            Share(t => t.Valid),
            Share(t => t.Effective),
            Share(t => t.Necessary),
            FormattableString.Invariant($"{100 * Traces.Average(t => t.Coverage):0.0}%"),
            FormattableString.Invariant($"{100 * Traces.Average(t => t.Redundancy):0.0}%"),
            first.Length == 0 ? "-" : FormattableString.Invariant($"line {first[first.Length / 2] + 1}"),
            MissRate is { MissRate: var rate, Interval: var range }
                ? FormattableString.Invariant($"{rate:0.0000} [{range.Low:0.0000}, {range.High:0.0000}]")
                : "-",
        ];
    }

    private string Share(Func<TraceReport, bool> has) =>
        string.Create(CultureInfo.InvariantCulture, $"{100.0 * Traces.Count(has) / Traces.Count:0.0}%");

    private static string Words(TraceFaultKind kind) =>
        string.Concat(kind.ToString().Select((letter, i) =>
            i > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
