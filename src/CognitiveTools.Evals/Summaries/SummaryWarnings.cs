using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Summaries;

/// <summary>What to know before reading the table: one line for each kind of trouble, whatever the number of arms, and its units for who asks.</summary>
internal static class SummaryWarnings
{
    /// <summary>Share of samples beyond which truncation or errors make a headline unsafe.</summary>
    public const double Tolerated = 0.02;

    private const string Left = "The medians leave them out, and their arms are not compared at equal cost.";
    private const int MostArms = 6;
    private const int MostUnits = 20;

    public static IEnumerable<SummaryWarning> Of(RunResult run, IReadOnlyList<ArmSummary> arms)
    {
        if (!run.Complete)
            yield return new($"Partial run: {run.Units.Count} of {run.Header.Planned} units are finished.", []);
        if (run.Header.Unanswered is > 0 and var unanswered)
            yield return new($"Partial grading: {unanswered} of {unanswered + run.Header.ProblemIds.Count} problems were answered by nobody and are left out.", []);
        foreach (var arm in arms.Where(a => a.Missing > 0))
            yield return new(Missing(run, arm), Units(run, [arm.Name], u => u.Missing));

        var truncated = Above(arms, a => a.Truncated);
        if (truncated.Length > 0)
            yield return Of(run, truncated, u => u.Status == SampleStatus.Truncated, "were cut by a limit before an answer and count as wrong", "Raise the budget before reading the accuracy.");
        var failed = Above(arms, a => a.Errors);
        if (failed.Length > 0)
            yield return Of(run, failed, u => u.Status == SampleStatus.Error, "failed and count as wrong", $"The first error: {FirstError(run, failed)}");
        foreach (var (isSo, what, remedy) in Flags)
        {
            string[] flagged = [.. arms.Where(a => run.Units.Any(u => u.Arm == a.Name && isSo(u))).Select(a => a.Name)];
            if (flagged.Length > 0)
                yield return Of(run, flagged, isSo, what, remedy);
        }
    }

    private static IEnumerable<(Func<UnitRecord, bool> IsSo, string What, string Remedy)> Flags =>
    [
        (u => u.Usage.IsMissing, $"have no usage: {Unbilled("missing")}", Left),
        (u => u.Usage is { Incomplete: true, IsMissing: false }, $"have a part of their usage: {Unbilled("incomplete")}", Left),
        (u => u.Conflict, "have an ANSWER line and a box that disagree", "The later one was taken."),
        (u => u.GoldConcluded, "state the reference answer where they conclude, but another answer or none was read", "Read them before trusting the extraction."),
        (u => u.ComparedAsText, "were compared as text, because one side could not be read as mathematics", ""),
        (u => u.CountLooksLikeLimit, "have a token count that looks like a limit nobody reported", "They may be cut."),
    ];

    private static string Unbilled(string what) => $"usage is {what}, positions are unknown (not 0)";

    private static string[] Above(IEnumerable<ArmSummary> arms, Func<ArmSummary, int> count) =>
        [.. arms.Where(a => count(a) > Tolerated * a.Units).Select(a => a.Name)];

    private static SummaryWarning Of(RunResult run, string[] arms, Func<UnitRecord, bool> isSo, string what, string remedy)
    {
        var counts = arms.Select(arm => (Arm: arm, Count: run.Units.Count(u => u.Arm == arm && isSo(u)), All: run.Units.Count(u => u.Arm == arm))).ToArray();
        var named = counts.Length == 1
            ? counts[0].Arm
            : string.Join(", ", counts.Take(MostArms).Select(c => FormattableString.Invariant($"{c.Arm} {c.Count}"))) + (counts.Length > MostArms ? $" and {counts.Length - MostArms} more arms" : "");
        var text = FormattableString.Invariant($"{Share(counts.Sum(c => c.Count), counts.Sum(c => c.All))} {what} ({named}). {remedy}");
        return new SummaryWarning(text.TrimEnd(), Units(run, arms, isSo));
    }

    private static string Missing(RunResult run, ArmSummary arm)
    {
        var problems = run.Units.Where(u => u.Arm == arm.Name).GroupBy(u => u.Problem, StringComparer.Ordinal).ToArray();
        var answered = problems.Count(p => p.Any(u => !u.Missing));
        return arm.Missing == problems.Where(p => p.All(u => u.Missing)).Sum(p => p.Count())
            ? FormattableString.Invariant($"{arm.Name}: {answered} of {problems.Length} problems answered; the others count as no answer (--partial leaves them out).")
            : FormattableString.Invariant($"{arm.Name}: {arm.Units - arm.Missing} of {arm.Units} samples answered; the others count as no answer (--partial leaves them out).");
    }

    private static IReadOnlyList<string> Units(RunResult run, IEnumerable<string> arms, Func<UnitRecord, bool> isSo) =>
        [.. arms.Select(arm =>
        {
            var units = run.Units.Where(u => u.Arm == arm && isSo(u)).ToArray();
            var names = units.Take(MostUnits).Select(u => run.Header.Suite.Samples > 1 ? $"{u.Problem} (sample {u.Sample})" : u.Problem);
            return $"{arm}: {string.Join(", ", names)}{(units.Length > MostUnits ? $" and {units.Length - MostUnits} more" : "")}";
        })];

    private static string Share(int count, int all) => FormattableString.Invariant($"{count} of {all} samples ({100.0 * count / all:0.#}%)");

    private static string? FirstError(RunResult run, string[] arms) =>
        run.Units.First(u => arms.Contains(u.Arm, StringComparer.Ordinal) && u.Status == SampleStatus.Error).Error;
}
